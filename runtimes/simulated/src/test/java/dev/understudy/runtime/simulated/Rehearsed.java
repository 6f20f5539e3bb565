package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.scenario.Scenario;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A started shadow of the sample shop, for tests.
record Rehearsed(SimulatedRuntime runtime, SimulatedTimeline timeline, Live live, Shadow shadow) {
    static final Duration LONG = Duration.ofSeconds(30);

    static void within(long seed, Set<Lie> lies, Consumer<Rehearsed> test) {
        within(SampleWorlds.shop(), seed, lies, test);
    }

    static void within(SimulatedWorld world, long seed, Set<Lie> lies, Consumer<Rehearsed> test) {
        SimulatedTimeline timeline = new SimulatedTimeline(seed);
        Set<Lie> told = lies.isEmpty() ? EnumSet.noneOf(Lie.class) : EnumSet.copyOf(lies);
        SimulatedRuntime runtime = new SimulatedRuntime(world, timeline, seed, told);
        timeline.run(() -> {
            Scenario scenario = SampleWorlds.rehearsal(world, SampleWorlds.GOOD, seed, 0);
            Live live = runtime.discover(world.topology(), true, EffectLog.NONE);
            Shadow shadow = runtime.clone(new ShadowRequest("test", live, scenario, timeline, EffectLog.NONE));
            shadow.start();
            test.accept(new Rehearsed(runtime, timeline, live, shadow));
            return shadow.dispose();
        });
    }

    Arm candidate() {
        return shadow.arm(ArmName.CANDIDATE);
    }

    Arm control() {
        return shadow.arm(ArmName.CONTROL);
    }

    static Answer order(Arm arm, String amount) {
        byte[] body = ("{\"product\":\"p3\",\"amount\":\"" + amount + "\"}").getBytes(UTF_8);
        return arm.exchange(new Request("gateway", "POST", "/orders", List.of(), body), LONG);
    }

    static Answer look(Arm arm, Answer order) {
        return arm.exchange(Request.get("gateway", "/orders/" + Call.field(order, "id")), LONG);
    }

    Arm.Execution sql(String file) {
        return candidate().sql("db", "-- simulated: " + file, LONG);
    }

    static List<String> amounts(Arm arm) {
        return arm.data("db").tables().stream()
                .filter(table -> table.name().equals("orders"))
                .flatMap(table -> table.rows().stream())
                .map(row -> String.valueOf(row.get(2)))
                .toList();
    }
}
