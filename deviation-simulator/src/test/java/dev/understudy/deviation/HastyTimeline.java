package dev.understudy.deviation;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Timeline;
import java.util.concurrent.Callable;

/// Real time, a thousand times as fast.
final class HastyTimeline implements Timeline {
    private static final long FASTER = 1000;

    private final RealTimeline real = new RealTimeline();

    @Override
    public long now() {
        return real.now() * FASTER;
    }

    @Override
    public void sleepUntil(long nanos) {
        real.sleepUntil(nanos / FASTER + 1);
    }

    @Override
    public <T> Fork<T> fork(String name, Callable<T> task) {
        return real.fork(name, task);
    }

    @Override
    public void interrupt() {
        real.interrupt();
    }

    @Override
    public boolean isInterrupted() {
        return real.isInterrupted();
    }

    @Override
    public void shielded(Runnable cleanup) {
        real.shielded(cleanup);
    }
}
