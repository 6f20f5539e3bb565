package dev.understudy.store.postgres;

import dev.understudy.runtime.Timeline;

/// Keeps a copy below a rate, so that live's disk stays live's. Not thread-safe: one a copy.
final class Throttle {
    private final Timeline timeline;
    private final long bytesPerSecond;
    private final long began;
    private long copied;

    /// @param bytesPerSecond 0 for no limit
    Throttle(Timeline timeline, long bytesPerSecond) {
        this.timeline = timeline;
        this.bytesPerSecond = bytesPerSecond;
        began = timeline.now();
    }

    /// Waits until `bytes` more are within the rate.
    void passed(long bytes) {
        copied += bytes;
        if (bytesPerSecond > 0) {
            timeline.sleepUntil(began + (long) (copied * 1e9 / bytesPerSecond));
        }
    }

    long copied() {
        return copied;
    }
}
