package dev.understudy.promql.series;

/// Sums of times that stop at the ends of what a `long` holds, about 292 years.
public final class Nanos {
    /// Nanoseconds of a millisecond.
    public static final long MILLI = 1_000_000;

    /// Nanoseconds of a second.
    public static final double SECOND = 1e9;

    private Nanos() {}

    /// `a − b`.
    public static long minus(long a, long b) {
        long difference = a - b;
        boolean overflown = ((a ^ b) & (a ^ difference)) < 0;
        return overflown ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }

    /// `a + b`.
    public static long plus(long a, long b) {
        long sum = a + b;
        boolean overflown = ((a ^ sum) & (b ^ sum)) < 0;
        return overflown ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
