package dev.understudy.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeviationKindsTest {
    private final FakeArm arm = new FakeArm(ArmName.CANDIDATE, "orders", "payments");
    private final FakeGate gate = new FakeGate();

    private Injection begun(DeviationSpec spec) {
        Injection injection = DeviationKinds.named(spec.kind()).prepare(new Inject(spec, arm, gate));
        assertThat(injection.isGone()).as("before it began").isTrue();
        injection.begin();
        return injection;
    }

    @Test
    void allKindsAreFoundByName() {
        assertThat(DeviationKinds.signatures())
                .extracting(KindSignature::name)
                .containsExactly("kill", "latency", "metric-gap", "refuse");
        assertThatThrownBy(() -> DeviationKinds.named("flood")).hasMessageContaining("flood");
    }

    @Test
    void everyKindSaysWhatItActsOnAndNeeds() {
        for (DeviationKind kind : DeviationKinds.all()) {
            assertThat(kind.needs()).isNotEmpty();
            assertThat(kind.signature().summary()).endsWith(".");
        }
        assertThat(DeviationKinds.named("kill").needs()).containsExactly(Capability.PROCESS_KILL);
        assertThat(DeviationKinds.named("latency").signature().aim()).isEqualTo(Aim.LINK);
        assertThat(DeviationKinds.named("latency")
                        .signature()
                        .parameters()
                        .getFirst()
                        .byDefault())
                .isEmpty();
    }

    @Test
    void latencyDelaysItsLinkUntilUndone() {
        Injection injection = begun(Specs.latency("slow", 0, 0));
        assertThat(arm.link(Specs.LINK).disturbances())
                .containsEntry("slow", new Disturbance.Delay(Duration.ofMillis(400)));
        assertThat(injection.isGone()).isFalse();
        injection.undo();
        injection.undo();
        assertThat(injection.isGone()).isTrue();
    }

    @Test
    void refusingEndsOpenConnectionsUnlessTheyAreToBeKept() {
        begun(Specs.refuse("end"));
        assertThat(arm.link(Specs.LINK).disturbances()).containsEntry("r", new Disturbance.Refuse(false));
        begunAnew(Specs.refuse("keep"));
        assertThat(arm.link(Specs.LINK).disturbances()).containsEntry("r", new Disturbance.Refuse(true));
    }

    private void begunAnew(DeviationSpec spec) {
        arm.link(Specs.LINK).calm("r");
        begun(spec);
    }

    @Test
    void killedServiceIsStartedAgainWithItsRelease() {
        Injection injection = begun(Specs.kill("orders"));
        assertThat(arm.instances()).anyMatch(i -> i.service().equals("orders") && !i.healthy());
        assertThat(arm.instances()).anyMatch(i -> i.service().equals("payments") && i.healthy());
        assertThat(injection.isGone()).isFalse();
        injection.undo();
        injection.undo();
        assertThat(injection.isGone()).isTrue();
        assertThat(arm.deployed).containsExactly("orders 1.0");
        assertThat(injection.achieved()).isEqualTo("healthy instances killed: 1");
    }

    @Test
    void killedServiceThatGotAnotherReleaseIsLeftAlone() {
        Injection injection = begun(Specs.kill("orders"));
        arm.deploy("orders", Release.of("2.0"));
        arm.kill("orders");
        injection.undo();
        assertThat(injection.isGone()).isTrue();
        assertThat(arm.deployed).containsExactly("orders 2.0");
    }

    @Test
    void killedServiceThatIsHealthyAgainIsLeftAlone() {
        Injection injection = begun(Specs.kill("orders"));
        arm.deploy("orders", Release.of("1.0"));
        injection.undo();
        assertThat(injection.isGone()).isTrue();
        assertThat(arm.deployed).containsExactly("orders 1.0");
    }

    @Test
    void gapWithholdsTheMeasurementsOfItsRuleAndArm() {
        Injection injection = begun(Specs.gap("errors"));
        assertThat(gate.withheld(ArmName.CANDIDATE, "errors")).containsExactly("g");
        assertThat(gate.withheld(ArmName.CONTROL, "errors")).isEmpty();
        assertThat(injection.isGone()).isFalse();
        injection.undo();
        assertThat(injection.isGone()).isTrue();
    }

    @Test
    void mistakenTargetIsNamed() {
        Inject mistaken = new Inject(Specs.gap("errors"), arm, gate);
        assertThatThrownBy(() -> new LatencyKind().prepare(mistaken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'g'")
                .hasMessageContaining("needs a link");
    }
}
