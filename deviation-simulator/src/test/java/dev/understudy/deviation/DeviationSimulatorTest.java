package dev.understudy.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.DeviationSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class DeviationSimulatorTest {
    private static final int LONG = 3_600_000;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final FakeArm control = new FakeArm(ArmName.CONTROL, "orders");
    private final FakeArm candidate = new FakeArm(ArmName.CANDIDATE, "orders");
    private final Map<ArmName, Arm> arms = Map.of(ArmName.CONTROL, control, ArmName.CANDIDATE, candidate);

    private final EffectLog effects = (what, undo) -> {
        told.add("intend " + what + " disturbed=" + isDisturbed(control));
        return verified -> told.add("undone " + verified + " disturbed=" + isDisturbed(control));
    };

    private final DeviationSimulator.Listener listener = new DeviationSimulator.Listener() {
        @Override
        public void began(DeviationSpec spec, ArmName arm, String requested) {
            told.add("began " + spec.id() + " " + arm + ": " + requested);
        }

        @Override
        public void ended(DeviationSpec spec, ArmName arm, String achieved, boolean verified) {
            told.add("ended " + spec.id() + " " + arm + " " + verified + ": " + achieved);
        }
    };

    private static boolean isDisturbed(FakeArm arm) {
        return !arm.link(Specs.LINK).disturbances().isEmpty();
    }

    private DeviationSimulator simulator(Timeline timeline, EffectLog log) {
        return new DeviationSimulator(timeline, DeviationKinds::named, log, new FakeGate(), listener);
    }

    @Test
    void deviationBeginsAndEndsInItsTimeOnBothArms() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, EffectLog.NONE);
        long began = timeline.now();
        simulator.schedule(List.of(Specs.latency("slow", 20, 20)), arms, began);
        assertThat(isDisturbed(control)).isFalse();

        until(() -> isDisturbed(control) && isDisturbed(candidate));
        assertThat(timeline.now() - began)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());

        until(() -> told.size() == 4);
        assertThat(timeline.now() - began)
                .isGreaterThanOrEqualTo(Duration.ofMillis(40).toNanos());
        assertThat(told)
                .containsExactly(
                        "began slow control: requests on orders->payments later by 400ms",
                        "began slow candidate: requests on orders->payments later by 400ms",
                        "ended slow control true: no held request was measured",
                        "ended slow candidate true: no held request was measured");
        assertThat(isDisturbed(control) || isDisturbed(candidate)).isFalse();
        assertThat(simulator.endAll()).isEmpty();
        assertThat(told).hasSize(4);
    }

    @Test
    void intentComesBeforeTheEffectAndTheWordThatItIsGoneAfterIt() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, effects);
        DeviationSpec spec = Specs.latency("slow", 0, LONG);
        simulator.schedule(List.of(spec), Map.of(ArmName.CONTROL, control), timeline.now());
        until(() -> told.size() == 2);
        simulator.endAll();
        assertThat(told.getFirst())
                .isEqualTo("intend deviation 'slow' (latency) on control:"
                        + " requests on orders->payments later by 400ms disturbed=false");
        assertThat(told.get(2)).isEqualTo("undone true disturbed=false");
        assertThat(told.getLast()).startsWith("ended slow control true");
    }

    @Test
    void breachEndsOnlyWhatLastsUntilThen() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, EffectLog.NONE);
        DeviationSpec brief = Specs.untilBreach(Specs.latency("short", 0, LONG));
        DeviationSpec later = Specs.untilBreach(Specs.latency("later", LONG, LONG));
        DeviationSpec lasting = Specs.lasting(Specs.latency("lasting", 0, LONG));
        simulator.schedule(List.of(brief, later, lasting), arms, timeline.now());
        until(() -> told.size() == 3);
        assertThat(control.link(Specs.LINK).disturbances()).containsOnlyKeys("lasting");

        simulator.breachHappened();
        until(() -> told.size() == 4);
        assertThat(told.getLast()).startsWith("ended short candidate true");
        assertThat(candidate.link(Specs.LINK).disturbances()).containsOnlyKeys("lasting");
        simulator.endAll();
        assertThat(told).hasSize(6);
    }

    @Test
    void whatHadNotBegunNeverBegins() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, effects);
        simulator.schedule(List.of(Specs.latency("late", LONG, LONG)), arms, timeline.now());
        assertThat(simulator.endAll()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void undoIsTriedAgainUntilReadingBackFindsNothing() {
        Timeline timeline = new HastyTimeline();
        DeviationSimulator simulator = simulator(timeline, EffectLog.NONE);
        control.link(Specs.LINK).deafTo = 3;
        simulator.schedule(List.of(Specs.latency("slow", 0, LONG)), arms, timeline.now());
        until(() -> told.size() == 2);
        assertThat(simulator.endAll()).isEmpty();
        assertThat(isDisturbed(control)).isFalse();
        assertThat(told).anyMatch(line -> line.startsWith("ended slow control true"));
    }

    @Test
    void whatCannotBeUndoneIsNamedAndTheRestIsUndone() {
        Timeline timeline = new HastyTimeline();
        DeviationSimulator simulator = simulator(timeline, effects);
        candidate.link(Specs.LINK).deafTo = Integer.MAX_VALUE;
        simulator.schedule(List.of(Specs.latency("slow", 0, LONG)), arms, timeline.now());
        until(() -> isDisturbed(control) && isDisturbed(candidate));
        assertThat(simulator.endAll())
                .containsExactly("deviation 'slow' (latency) on candidate is not verifiably gone");
        assertThat(isDisturbed(control)).isFalse();
        assertThat(told).anyMatch(line -> line.startsWith("undone false"));
        assertThat(told).anyMatch(line -> line.startsWith("ended slow candidate false"));
    }

    @Test
    void interruptedRunUndoesAllTheSame() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, EffectLog.NONE);
        control.link(Specs.LINK).deafTo = 1;
        simulator.schedule(
                List.of(Specs.latency("slow", 0, LONG), Specs.latency("late", LONG, LONG)), arms, timeline.now());
        until(() -> told.size() == 2);
        timeline.interrupt();
        assertThat(simulator.endAll()).isEmpty();
        assertThat(isDisturbed(control) || isDisturbed(candidate)).isFalse();
    }

    @Test
    void deviationThatCouldNotBeginIsUndoneAndThrownOnce() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, effects);
        control.link(Specs.LINK).dead = true;
        simulator.schedule(List.of(Specs.latency("slow", 0, LONG)), arms, timeline.now());
        until(() -> isDisturbed(candidate));
        assertThatThrownBy(simulator::endAll)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("control: link orders->payments shows nothing of 'slow'");
        assertThat(isDisturbed(candidate)).isFalse();
        assertThat(told)
                .contains("undone true disturbed=false")
                .noneMatch(line -> line.startsWith("began slow control"));
        assertThat(simulator.endAll()).isEmpty();
    }

    @Test
    void achievedIsWhatWasMeasuredOnItsLinkAndArmMeanwhile() {
        Timeline timeline = new RealTimeline();
        DeviationSimulator simulator = simulator(timeline, EffectLog.NONE);
        simulator.exchanged(new LinkSample(ArmName.CONTROL, Specs.LINK, 0, 10, 200, 9_000_000));
        simulator.schedule(List.of(Specs.latency("slow", 0, LONG)), Map.of(ArmName.CONTROL, control), timeline.now());
        until(() -> told.size() == 1);
        simulator.exchanged(new LinkSample(ArmName.CONTROL, Specs.LINK, 0, 10, 200, 400_000_000));
        simulator.exchanged(new LinkSample(ArmName.CONTROL, Specs.LINK, 0, 10, 200, 402_000_000));
        simulator.exchanged(new LinkSample(ArmName.CONTROL, Specs.LINK, 0, 10, 200, 0));
        simulator.exchanged(new LinkSample(ArmName.CANDIDATE, Specs.LINK, 0, 10, 200, 700_000_000));
        simulator.endAll();
        assertThat(told.getLast()).isEqualTo("ended slow control true: 2 held, 401.0 ms on average, 402.0 ms at most");
    }

    private static void until(BooleanSupplier condition) {
        Timeline timeline = new RealTimeline();
        assertThat(timeline.await(condition, Duration.ofSeconds(10).toNanos())).isTrue();
    }
}
