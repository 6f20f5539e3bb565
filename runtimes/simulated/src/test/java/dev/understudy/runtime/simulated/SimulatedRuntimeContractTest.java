package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.tck.RuntimeContract;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.scenario.Link;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class SimulatedRuntimeContractTest implements RuntimeContract {
    private static final String FAILING = "SELECT nonsense";

    @Override
    public void within(Consumer<Specimen> test) {
        SimulatedTimeline timeline = new SimulatedTimeline(7);
        SimulatedWorld world = SampleWorlds.shop().with(Script.query(FAILING, _ -> {
            throw new IllegalArgumentException("no column 'nonsense'");
        }));
        timeline.run(() -> {
            try (SimulatedRuntime runtime = new SimulatedRuntime(world, timeline, 7)) {
                test.accept(specimen(runtime, timeline, world));
            }
            return world;
        });
    }

    private static Specimen specimen(SimulatedRuntime runtime, SimulatedTimeline timeline, SimulatedWorld world) {
        Request order = new Request("gateway", "POST", "/orders", List.of(), "{\"amount\":\"3.00\"}".getBytes(UTF_8));
        String widen = Script.migration("db/V2__widen.sql", _ -> {}).text();
        return new Specimen(
                runtime,
                timeline,
                SampleWorlds.rehearsal(SampleWorlds.GOOD, 7, 0),
                new Link("gateway", "catalogue"),
                "1.1",
                Request.get("gateway", "/products"),
                Optional.of(new Specimen.Writing(order, "db")),
                new Specimen.Commands(List.of("printenv", "ADDRESS"), List.of("false"), 1, List.of("sleep", "3600")),
                Optional.of(new Specimen.SqlTexts("db", widen, FAILING)));
    }
}
