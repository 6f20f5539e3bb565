package dev.understudy.engine;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.journal.MemoryRecorder;
import dev.understudy.runtime.simulated.Lie;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.SimulatedRuntime;
import dev.understudy.runtime.simulated.SimulatedTimeline;
import dev.understudy.runtime.simulated.SimulatedTraffic;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.scenario.Scenario;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The whole engine, unchanged, on the simulated shop in virtual time.
final class SimulatedRehearsal {
    private static final double REQUESTS_PER_SECOND = 60;

    private final SimulatedWorld world;
    private final Set<Lie> lies = EnumSet.noneOf(Lie.class);
    private final long seed;

    SimulatedRehearsal(long seed) {
        this(SampleWorlds.shop(), seed);
    }

    SimulatedRehearsal(SimulatedWorld world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    SimulatedRehearsal lying(Lie lie) {
        lies.add(lie);
        return this;
    }

    Scenario scenario(String release, int pairs) {
        return SampleWorlds.rehearsal(world, release, seed, pairs);
    }

    /// Runs it; what went wrong is in the journal, as in a real run.
    Journal run(Scenario scenario) {
        MemoryRecorder recorder = new MemoryRecorder();
        SimulatedTimeline timeline = new SimulatedTimeline(seed);
        timeline.run(() -> {
            SimulatedRuntime runtime = new SimulatedRuntime(world, timeline, seed, lies);
            recorder.record(
                    0,
                    new Event.RunStarted(
                            Event.SCHEMA,
                            "simulated-" + seed,
                            "test",
                            "2026-11-21T00:00:00Z",
                            "shop.world",
                            seed,
                            List.of(),
                            Map.of(),
                            "again"));
            Wiring wiring = new Wiring(
                    "simulated-" + seed,
                    runtime,
                    timeline,
                    recorder,
                    _ -> SimulatedTraffic.start(
                            runtime, SimulatedTraffic.Shape.of(REQUESTS_PER_SECOND), SampleWorlds.shopper(), seed),
                    DeviationKinds::named,
                    world.sources(),
                    _ -> {});
            String end = "done";
            try {
                new Rehearsal(scenario, wiring)
                        .run(new Rehearsal.Options(1, scenario.optimize().isPresent()));
            } catch (dev.understudy.runtime.EnvironmentException e) {
                recorder.record(timeline.now(), new Event.Failed("environment", String.valueOf(e.getMessage())));
                end = "environment";
            }
            recorder.record(timeline.now(), new Event.RunEnded(end));
            return true;
        });
        return recorder.journal();
    }
}
