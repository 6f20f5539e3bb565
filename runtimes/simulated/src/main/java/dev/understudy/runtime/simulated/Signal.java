package dev.understudy.runtime.simulated;

import java.util.ArrayList;
import java.util.List;

/// Something that threads of one [SimulatedTimeline] wait for: raised once, for all of them. Only for threads
/// of the timeline.
final class Signal {
    private final List<Sleepers.Sleeper> waiting = new ArrayList<>(1);
    private boolean raised;

    boolean isRaised() {
        return raised;
    }

    void raise() {
        raised = true;
        waiting.forEach(Sleepers.Sleeper::wake);
        waiting.clear();
    }

    void join(Sleepers.Sleeper sleeper) {
        waiting.add(sleeper);
    }
}
