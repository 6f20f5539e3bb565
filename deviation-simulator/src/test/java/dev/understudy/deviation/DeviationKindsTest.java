package dev.understudy.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import dev.understudy.scenario.Quantity;
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
                .containsExactly("http-delay", "http-status", "kill", "latency", "metric-gap", "pause", "refuse");
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
    void statusAndDelayOfSomeRequestsAreOnTheLinkUntilUndone() {
        Requests which = new Requests("GET", "/notes", 0.25);
        Injection status = begun(Specs.http("http-status", "status", new Quantity(Quantity.Unit.COUNT, 503, "503")));
        assertThat(arm.link(Specs.LINK).disturbances()).containsEntry("h", new Disturbance.Status(which, 503));
        assertThat(status.requested())
                .isEqualTo("orders->payments answers 25.0 % of the GET requests of /notes with 503");
        status.exchanged(sample(503, 0));
        status.exchanged(sample(200, 0));
        assertThat(status.achieved()).isEqualTo("1 of 2 exchanges ended with 503");
        status.undo();
        status.undo();
        assertThat(status.isGone()).isTrue();
        Quantity by = new Quantity(Quantity.Unit.TIME, 0.4, "400ms");
        Injection delay = begun(Specs.http("http-delay", "by", by));
        assertThat(arm.link(Specs.LINK).disturbances())
                .containsEntry("h", new Disturbance.Hold(which, Duration.ofMillis(400)));
        delay.exchanged(sample(200, 400_000_000));
        delay.exchanged(sample(200, 5_000));
        assertThat(delay.achieved()).isEqualTo("1 held, 400.0 ms on average");
        delay.undo();
        assertThat(delay.isGone()).isTrue();
    }

    private static LinkSample sample(int status, long added) {
        return new LinkSample(ArmName.CANDIDATE, Specs.LINK, 0, 500_000_000, status, added);
    }

    @Test
    void pausedServiceStandsStillUntilUndoneHoweverOften() {
        Injection injection = begun(Specs.pause("orders"));
        assertThat(arm.paused("orders")).hasSize(1);
        assertThat(arm.paused("payments")).isEmpty();
        assertThat(injection.isGone()).isFalse();
        injection.undo();
        injection.undo();
        assertThat(injection.isGone()).isTrue();
        assertThat(injection.achieved()).isEqualTo("instances that stood still: 1");
        assertThatThrownBy(() -> begun(Specs.pause("nobody"))).hasMessageContaining("nobody");
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
