package dev.understudy.runtime.docker.copy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How fast live's data is read at most, so that its disk has something left for live. While live stands still
/// there is no limit: then every moment counts. Not thread-safe.
public final class Pace {
    /// The variable that says it, in bytes per second; `0` for no limit.
    public static final String VARIABLE = "UNDERSTUDY_COPY_RATE";
    /// What it is unless said otherwise: below what one disk of a server does, above what most sets of data
    /// need.
    public static final long USUAL = 200L << 20;

    private final long began = System.nanoTime();
    private final long bytesPerSecond;
    private long copied;
    private boolean hurried;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    static long bytesPerSecond() {
        String said = System.getenv(VARIABLE);
        return said == null || !said.matches("[0-9]{1,15}") ? USUAL : Long.parseLong(said);
    }

    /// Waits until so many bytes more are within the rate.
    void passed(int bytes) {
        copied += bytes;
        if (bytesPerSecond > 0 && !hurried) {
            Duration early = Duration.ofNanos((long) (copied * 1e9 / bytesPerSecond) - (System.nanoTime() - began));
            if (early.isPositive()) {
                LockSupport.parkNanos(early.toNanos());
            }
        }
    }

    /// From now on there is no limit.
    void hurry() {
        hurried = true;
    }
}
