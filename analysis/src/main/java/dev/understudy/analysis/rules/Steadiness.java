package dev.understudy.analysis.rules;

/// What users of one arm saw in a trailing window, by intended time. Not thread-safe.
final class Steadiness {
    private final Window window;

    Steadiness(long length) {
        window = new Window(length + 1);
    }

    void add(long intendedAt, long endedAt, boolean failure) {
        window.add(intendedAt, endedAt, failure);
    }

    /// Of the exchanges that were meant to begin from `from` on and have ended by `to`.
    Users users(long from, long to) {
        window.slideTo(to);
        long[] latencies = new long[window.size()];
        int count = 0;
        int failures = 0;
        for (int i = 0; i < window.size(); i++) {
            if (window.intended(i) >= from) {
                latencies[count++] = window.latency(i);
                failures += window.failed(i) ? 1 : 0;
            }
        }
        return new Users(count, failures, count == 0 ? 0 : Quantiles.of(latencies, count, 0.5));
    }

    /// How many exchanges, how many of them failed, and their median latency in nanoseconds.
    record Users(int count, int failures, long p50) {
        double errorShare() {
            return count == 0 ? 0 : (double) failures / count;
        }
    }
}
