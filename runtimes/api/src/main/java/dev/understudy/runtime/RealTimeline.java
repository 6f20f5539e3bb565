package dev.understudy.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Time as it passes: the monotonic clock and virtual threads.
public final class RealTimeline implements Timeline {
    private static final long LONGEST_NAP = Duration.ofMillis(50).toNanos();
    private static final ScopedValue<Boolean> SHIELDED = ScopedValue.newInstance();

    private final long origin = System.nanoTime();
    private volatile boolean interrupted;

    @Override
    public long now() {
        return System.nanoTime() - origin;
    }

    @Override
    public void sleepUntil(long nanos) {
        while (true) {
            if (interrupted && !SHIELDED.isBound()) {
                throw new Interruption();
            }
            long left = nanos - now();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP));
        }
    }

    @Override
    public <T> Fork<T> fork(String name, Callable<T> task) {
        boolean shielded = SHIELDED.isBound();
        Callable<T> carried = shielded ? () -> ScopedValue.where(SHIELDED, true).call(task::call) : task;
        FutureTask<T> future = new FutureTask<>(carried);
        Thread.ofVirtual().name(name).start(future);
        return new RealFork<>(future);
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void shielded(Runnable cleanup) {
        ScopedValue.where(SHIELDED, true).run(cleanup);
    }

    private record RealFork<T>(FutureTask<T> future) implements Fork<T> {
        @Override
        public T join() {
            while (true) {
                try {
                    return future.get(1, TimeUnit.HOURS);
                } catch (ExecutionException e) {
                    throw Failures.unchecked(e.getCause() == null ? e : e.getCause());
                } catch (java.util.concurrent.TimeoutException stillRunning) {
                    // a fork may outlive an hour: a soak does
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Interruption();
                }
            }
        }

        @Override
        public boolean isDone() {
            return future.isDone();
        }
    }
}
