package dev.understudy.engine;

import dev.understudy.deviation.DeviationSimulator;
import dev.understudy.journal.Event;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.DeviationSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The deviations of one trial: begun with the watch, ended at the latest when recovery is decided. `close`
/// undoes all.
final class Deviations implements AutoCloseable {
    private final Stagecraft craft;
    private final DeviationSimulator simulator;
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final long watchBegan;

    Deviations(int trial, Stagecraft craft, Watch watch, long watchBegan) {
        this.craft = craft;
        this.watchBegan = watchBegan;
        RunLog log = craft.log();
        this.simulator = new DeviationSimulator(
                craft.wiring().timeline(), craft.wiring().kinds(), log, watch, new DeviationSimulator.Listener() {
                    @Override
                    public void began(DeviationSpec spec, ArmName arm, String requested) {
                        active.add(spec.id());
                        log.record(new Event.DeviationBegan(trial, spec.id(), arm.toString(), requested));
                    }

                    @Override
                    public void ended(DeviationSpec spec, ArmName arm, String achieved, boolean verified) {
                        active.remove(spec.id());
                        log.record(new Event.DeviationEnded(trial, spec.id(), arm.toString(), achieved, verified));
                    }
                });
    }

    void begin() {
        simulator.schedule(craft.scenario().deviations(), craft.arms(), watchBegan);
    }

    /// What links measure tells how much was achieved.
    void exchanged(LinkSample sample) {
        simulator.exchanged(sample);
    }

    void breachHappened() {
        simulator.breachHappened();
    }

    /// Those that act now.
    List<DeviationSpec> active() {
        return craft.scenario().deviations().stream()
                .filter(spec -> active.contains(spec.id()))
                .toList();
    }

    /// Undoes all that still act.
    void end() {
        simulator.endAll();
    }

    @Override
    public void close() {
        end();
    }
}
