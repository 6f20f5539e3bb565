package dev.understudy.runtime.docker.agent;

import java.time.Duration;

/// For how long an agent is needed: as long as somebody controls it, and a while after. Thread-safe.
final class Tenure {
    private final Duration unclaimed;
    private final Duration linger;
    private int holders;
    private boolean held;
    private boolean ended;

    /// @param unclaimed for how long it waits for the first who controls it
    /// @param linger for how long it waits for another after the last one went
    Tenure(Duration unclaimed, Duration linger) {
        this.unclaimed = unclaimed;
        this.linger = linger;
    }

    synchronized void begin() {
        holders++;
        held = true;
        notifyAll();
    }

    synchronized void end() {
        holders--;
        notifyAll();
    }

    /// Ends it now.
    synchronized void cancel() {
        ended = true;
        notifyAll();
    }

    /// Returns when it is over.
    synchronized void await() throws InterruptedException {
        while (!ended) {
            if (holders > 0) {
                wait();
            } else if (!changes(held ? linger : unclaimed)) {
                return;
            }
        }
    }

    private boolean changes(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!ended && holders == 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
