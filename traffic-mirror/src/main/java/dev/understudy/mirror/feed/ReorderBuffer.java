package dev.understudy.mirror.feed;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// Puts exchanges, which arrive when they end, into the order in which they began. One is let go when nothing
/// earlier can come any more, or when it was held for `hold`; what then arrives from before it is late. Not
/// thread-safe; times are nanoseconds of any one clock.
final class ReorderBuffer {
    private record Held(LiveExchange exchange, long arrived, long bytes) {}

    private final long holdNanos;
    private final PriorityQueue<Held> held = new PriorityQueue<>(
            Comparator.comparingLong((Held one) -> one.exchange().beganEpochNanos())
                    .thenComparingLong(one -> one.exchange().id()));
    private long complete = Long.MIN_VALUE;
    private long released = Long.MIN_VALUE;
    private long bytes;

    ReorderBuffer(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /// Takes an exchange in; false if one that began later has already been let go.
    boolean add(LiveExchange exchange, long size, long now) {
        if (exchange.beganEpochNanos() < released) {
            return false;
        }
        held.add(new Held(exchange, now, size));
        bytes += size;
        return true;
    }

    /// Everything that began before `epochNanos` has arrived.
    void completeUpTo(long epochNanos) {
        complete = Math.max(complete, epochNanos);
    }

    /// The next exchange in order, if it may go at `now`.
    Optional<LiveExchange> poll(long now) {
        Held first = held.peek();
        if (first == null || !mayGo(first, now)) {
            return Optional.empty();
        }
        held.remove();
        bytes -= first.bytes();
        released = first.exchange().beganEpochNanos();
        return Optional.of(first.exchange());
    }

    private boolean mayGo(Held first, long now) {
        // Whoever has been held longest may wait behind an earlier one that came later; that is the order.
        return first.exchange().beganEpochNanos() < complete || now - first.arrived() >= holdNanos;
    }

    int size() {
        return held.size();
    }

    /// What the held exchanges take up, in bytes.
    long bytes() {
        return bytes;
    }
}
