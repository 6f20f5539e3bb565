package dev.understudy.analysis.rules;

import java.time.Duration;
import java.util.List;

/// How much the median latency of two arms that run the same version differs by itself.
public final class P50Spread {
    /// Differences below this can't be told from noise of the machine.
    public static final long RESOLUTION_NANOS = Duration.ofMillis(5).toNanos();

    /// Fewer exchanges in a window say nothing.
    private static final int FEWEST = 10;

    private P50Spread() {}

    /// The largest relative difference (0.1 is 10 %) between the medians of the two arms, over all windows
    /// of that length that begin a quarter of it apart. Differences under 5 ms count as none. 0 without any
    /// window that has at least ten exchanges in both arms.
    public static double of(List<Timing> control, List<Timing> candidate, Duration window) {
        long length = window.toNanos();
        long step = Math.max(1, length / 4);
        long first = control.stream().mapToLong(Timing::intendedAt).min().orElse(0);
        long last = control.stream().mapToLong(Timing::intendedAt).max().orElse(0);
        double largest = 0;
        for (long from = first; from == first || from + length <= last; from += step) {
            largest = Math.max(largest, difference(control, candidate, from, from + length));
        }
        return largest;
    }

    private static double difference(List<Timing> control, List<Timing> candidate, long from, long to) {
        long[] ours = latencies(control, from, to);
        long[] theirs = latencies(candidate, from, to);
        if (ours.length < FEWEST || theirs.length < FEWEST) {
            return 0;
        }
        long median = Quantiles.of(ours, ours.length, 0.5);
        long other = Quantiles.of(theirs, theirs.length, 0.5);
        long apart = Math.abs(other - median);
        return apart < RESOLUTION_NANOS ? 0 : (double) apart / Math.max(1, median);
    }

    private static long[] latencies(List<Timing> timings, long from, long to) {
        return timings.stream()
                .filter(timing -> !timing.probe() && timing.intendedAt() >= from && timing.intendedAt() < to)
                .mapToLong(Timing::latency)
                .toArray();
    }
}
