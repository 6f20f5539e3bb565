package dev.understudy.engine;

import dev.understudy.analysis.data.ArmExchange;
import dev.understudy.mirror.mapping.LiveAnswer;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One exchange of live on its way through both arms. The fate is guarded by its session, the rest by itself.
final class Mirrored {
    /// Whether it goes out; the same for both arms.
    enum Fate {
        UNDECIDED,
        SENT,
        TAINTED,
        DEPENDS_ON_REFUSED
    }

    private final long sequence;
    private final LiveExchange live;
    private final LiveAnswer said;
    private final String route;
    private final long intended;
    private final Map<ArmName, ArmExchange> arms = new EnumMap<>(ArmName.class);
    private Fate fate = Fate.UNDECIDED;

    Mirrored(long sequence, LiveExchange live, String route, long intended) {
        this.sequence = sequence;
        this.live = live;
        this.said = new LiveAnswer(live);
        this.route = route;
        this.intended = intended;
    }

    long sequence() {
        return sequence;
    }

    LiveExchange live() {
        return live;
    }

    LiveAnswer said() {
        return said;
    }

    String route() {
        return route;
    }

    long intended() {
        return intended;
    }

    boolean isWrite() {
        return !live.request().isSafe();
    }

    Fate fate() {
        return fate;
    }

    void decide(Fate decided) {
        fate = decided;
    }

    /// Notes what one arm made of it; returns whether both are done now.
    synchronized boolean done(ArmName arm, ArmExchange exchange) {
        arms.put(arm, exchange);
        return arms.size() == ArmName.values().length;
    }

    synchronized Optional<ArmExchange> in(ArmName arm) {
        return Optional.ofNullable(arms.get(arm));
    }
}
