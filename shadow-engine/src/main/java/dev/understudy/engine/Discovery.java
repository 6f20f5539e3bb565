package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Runtime;
import dev.understudy.scenario.Scenario;

/// The first stage of everything: a look at live, or at the bundle that stands in for it.
final class Discovery {
    private Discovery() {}

    /// Finds live; where it differs from its files is recorded.
    static Live of(Scenario scenario, Runtime runtime, RunLog log) {
        return log.stage(0, "discover", () -> {
            Live live = scenario.live()
                    .bundle()
                    .map(bundle -> runtime.open(bundle, scenario.topology()))
                    .orElseGet(() -> runtime.discover(
                            scenario.topology(), scenario.live().start(), log));
            live.drift()
                    .forEach(drift -> log.record(
                            new Event.Drifted(drift.service(), drift.field(), drift.declared(), drift.live())));
            return live;
        });
    }
}
