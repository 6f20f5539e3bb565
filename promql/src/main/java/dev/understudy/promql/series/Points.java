package dev.understudy.promql.series;

/// Samples of one series in the order of time, without stale marks. Whoever makes one gives its arrays
/// away.
///
/// @param nanos when, on the run's timeline
/// @param values what, one for each
public record Points(long[] nanos, double[] values) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// How many there are.
    public int size() {
        return values.length;
    }

    /// The first value. There has to be one.
    public double first() {
        return values[0];
    }

    /// The last value. There has to be one.
    public double last() {
        return values[values.length - 1];
    }

    /// When the last was taken, in nanoseconds. There has to be one.
    public long lastNanos() {
        return nanos[nanos.length - 1];
    }

    /// Seconds from the sample at `from` to that at `to`.
    public double seconds(int from, int to) {
        return (nanos[to] - nanos[from]) / NANOS_PER_SECOND;
    }
}
