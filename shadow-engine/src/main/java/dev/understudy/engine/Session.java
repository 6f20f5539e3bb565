package dev.understudy.engine;

import dev.understudy.mirror.mapping.ValueMapping;
import dev.understudy.runtime.ArmName;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;

/// One user's session in both arms: its requests go out one after the other in each arm, and what each arm
/// answered
/// differently from live is put into its later requests. Guarded by itself.
final class Session {
    private final Map<ArmName, Lane> lanes = new EnumMap<>(ArmName.class);
    private long taintedAfter = Long.MAX_VALUE;

    /// One arm's queue.
    static final class Lane {
        final Queue<Mirrored> waiting = new ArrayDeque<>();
        final ValueMapping mapping = new ValueMapping();
        boolean busy;
    }

    Session() {
        for (ArmName arm : ArmName.values()) {
            lanes.put(arm, new Lane());
        }
    }

    Lane lane(ArmName arm) {
        return java.util.Objects.requireNonNull(lanes.get(arm));
    }

    /// Whether nothing of it is under way or waits.
    synchronized boolean isIdle() {
        return lanes.values().stream().allMatch(lane -> !lane.busy && lane.waiting.isEmpty());
    }

    /// From the exchange after `sequence` on, nothing of this session is comparable any more.
    synchronized void taint(long sequence) {
        taintedAfter = Math.min(taintedAfter, sequence);
    }

    synchronized boolean isTainted(long sequence) {
        return sequence > taintedAfter;
    }

    /// Decides, once for both arms, whether an exchange is sent.
    synchronized Mirrored.Fate decide(Mirrored exchange) {
        if (exchange.fate() == Mirrored.Fate.UNDECIDED) {
            boolean orphan = lanes.values().stream()
                    .anyMatch(
                            lane -> lane.mapping.dependsOnOrphan(exchange.live().request()));
            exchange.decide(
                    isTainted(exchange.sequence())
                            ? Mirrored.Fate.TAINTED
                            : orphan ? Mirrored.Fate.DEPENDS_ON_REFUSED : Mirrored.Fate.SENT);
        }
        return exchange.fate();
    }
}
