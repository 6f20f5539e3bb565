package dev.understudy.runtime.simulated;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/// The threads of one [SimulatedTimeline] that wait, by the time at which they wake. Only for threads of the
/// timeline.
final class Sleepers {
    /// When nobody sleeps.
    static final long NEVER = Long.MAX_VALUE;

    private final PriorityQueue<Sleeper> waiting = new PriorityQueue<>();
    private long count;

    /// Notes that the calling thread sleeps until `until`, or until it is woken.
    Sleeper add(long until, boolean shielded) {
        Sleeper sleeper = new Sleeper(until, count++, Thread.currentThread(), shielded);
        waiting.add(sleeper);
        return sleeper;
    }

    /// When the next one wakes, or [#NEVER].
    long nextWake() {
        Sleeper first = waiting.peek();
        while (first != null && first.awake) {
            waiting.remove();
            first = waiting.peek();
        }
        return first == null ? NEVER : first.until;
    }

    /// Wakes all whose time has come.
    void wakeUntil(long now) {
        while (nextWake() <= now && !waiting.isEmpty()) {
            waiting.remove().wake();
        }
    }

    /// Wakes all that an interrupt reaches.
    void wakeUnshielded() {
        for (Sleeper sleeper : List.copyOf(waiting)) {
            if (!sleeper.shielded) {
                sleeper.wake();
            }
        }
    }

    /// A thread that waits for a time, a signal, or both. Ordered by time, then by who came first.
    static final class Sleeper implements Comparable<Sleeper> {
        private final long until;
        private final long number;
        private final Thread thread;
        private final boolean shielded;
        private boolean awake;

        private Sleeper(long until, long number, Thread thread, boolean shielded) {
            this.until = until;
            this.number = number;
            this.thread = thread;
            this.shielded = shielded;
        }

        void wake() {
            if (!awake) {
                awake = true;
                LockSupport.unpark(thread);
            }
        }

        /// Returns when it was woken; called by the thread that sleeps.
        void sleep() {
            while (!awake) {
                LockSupport.park();
            }
        }

        @Override
        public int compareTo(Sleeper other) {
            int byTime = Long.compare(until, other.until);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
