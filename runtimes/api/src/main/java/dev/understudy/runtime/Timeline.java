package dev.understudy.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// The one place where time passes. Engine, simulator and step executor wait through it and in no other way,
/// so that
/// the same code runs in real time and, in tests, in virtual time from a seed. Thread-safe.
public interface Timeline {

    /// How often [#await] looks at its condition.
    Duration GLANCE = Duration.ofMillis(5);

    /// Nanoseconds since this timeline began; never goes back.
    long now();

    /// Returns when `now() >= nanos`. @throws Interruption if the run is being stopped
    void sleepUntil(long nanos);

    /// Starts `task` beside the caller, on a thread of this timeline.
    <T> Fork<T> fork(String name, Callable<T> task);

    /// Makes every present and future wait of threads of this timeline end with [Interruption], except inside
    /// [#shielded].
    void interrupt();

    /// Whether [#interrupt] was called.
    boolean isInterrupted();

    /// Runs `cleanup` so that its waits are not interrupted: tearing down has to end.
    void shielded(Runnable cleanup);

    /// Sleeps for `duration`.
    default void sleep(Duration duration) {
        sleepUntil(now() + duration.toNanos());
    }

    /// Waits until `condition` holds or `now() >= deadline`; returns whether it held.
    default boolean await(BooleanSupplier condition, long deadline) {
        while (!condition.getAsBoolean()) {
            long now = now();
            if (now >= deadline) {
                return false;
            }
            sleepUntil(Math.min(deadline, now + GLANCE.toNanos()));
        }
        return true;
    }

    /// A task that runs beside its starter.
    interface Fork<T> {
        /// Waits for the end and returns the result; rethrows what the task threw.
        T join();

        /// Whether it has ended.
        boolean isDone();
    }

    /// The run is being stopped: thrown out of waits so that everything unwinds.
    final class Interruption extends RuntimeException {
        public Interruption() {
            super("interrupted");
        }
    }
}
