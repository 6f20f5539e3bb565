package dev.understudy.links;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Holds what a caller sent back until each turn's own deadline: its first byte plus the delay of the link at
/// that moment. Deadlines are absolute, so a large body is not delayed once a chunk; the order is kept.
final class Gate {
    /// No deadline, and no limit.
    static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier delay;
    private final ArrayDeque<Turn> held = new ArrayDeque<>();

    /// @param delay what the link delays by now, in nanoseconds; 0 for nothing
    Gate(LongSupplier delay) {
        this.delay = delay;
    }

    /// A turn begins with the byte at `offset`.
    Turn enter(long offset, long now) {
        Turn turn = new Turn(offset, now, delay.getAsLong());
        if (turn.isDelayed() || !held.isEmpty()) {
            held.add(turn);
        }
        return turn;
    }

    /// A turn begins that is not passed on before it is said whether and when.
    Turn keep(long offset, long now) {
        Turn turn = new Turn(offset, now, delay.getAsLong());
        turn.keep();
        held.add(turn);
        return turn;
    }

    /// Up to which offset bytes may pass now, exclusive.
    long passable(long now) {
        long current = delay.getAsLong();
        for (@Nullable Turn first = held.peek(); first != null; first = held.peek()) {
            if (first.due(current) > now) {
                return first.offset();
            }
            first.release(now);
            held.remove();
        }
        return NEVER;
    }

    /// When the next held turn is due, or [#NEVER].
    long due() {
        Turn first = held.peek();
        return first == null ? NEVER : first.due(delay.getAsLong());
    }
}
