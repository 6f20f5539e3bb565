package dev.understudy.runtime.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is demanded of the links of an arm.
interface LinkContract {
    /// See [RuntimeContract#looking].
    void looking(Consumer<Rig> test);

    @Test
    default void aDelayShowsInTheLatencyOfItsArmUntilItIsTakenOff() {
        looking(rig -> {
            Specimen specimen = rig.specimen;
            Arm arm = rig.candidate();
            long calm = Math.max(rig.medianRead(arm), rig.medianRead(rig.control()));
            Duration by = Duration.ofNanos(4 * calm + 100_000_000);
            LinkHandle link = arm.link(specimen.inner());
            Rig.Witness witness = Rig.Witness.of(arm);

            link.disturb("slow", new LinkHandle.Disturbance.Delay(by));

            assertThat(link.disturbances()).containsOnlyKeys("slow");
            assertThat(rig.medianRead(arm)).isGreaterThan(by.toNanos());
            assertThat(rig.medianRead(rig.control())).isLessThan(by.toNanos());
            assertThat(witness.samples.stream().filter(sample -> sample.link().equals(specimen.inner())))
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.addedNanos())
                            .isBetween(by.toNanos() * 9 / 10, sample.endNanos() - sample.startNanos()));

            link.calm("slow");
            link.calm("never was");

            assertThat(link.disturbances()).isEmpty();
            assertThat(rig.medianRead(arm)).isLessThan(by.toNanos());
        });
    }

    @Test
    default void aLinkThatRefusesFailsAndWorksAgainWithoutARestartWhenCalm() {
        looking(rig -> {
            Specimen specimen = rig.specimen;
            Arm arm = rig.candidate();
            List<String> marks = Rig.marks(arm);
            assertThat(rig.read(arm).isAcknowledged()).isTrue();

            arm.link(specimen.inner()).disturb("gone", new LinkHandle.Disturbance.Refuse(false));
            assertThat(rig.read(arm).isAcknowledged()).isFalse();
            arm.link(specimen.inner()).calm("gone");
            assertThat(rig.eventually(() -> rig.read(arm).isAcknowledged())).isTrue();

            LinkHandle entering = arm.link(Link.entering(specimen.read().service()));
            entering.disturb("shut", new LinkHandle.Disturbance.Refuse(false));
            assertThat(rig.read(arm)).isInstanceOf(Answer.Unanswered.class);
            assertThat(rig.read(rig.control()).isAcknowledged()).isTrue();
            entering.calm("shut");
            assertThat(rig.eventually(() -> rig.read(arm).isAcknowledged())).isTrue();
            assertThat(Rig.marks(arm)).isEqualTo(marks);
        });
    }

    @Test
    default void aLinkAnswersOrHoldsTheRequestsThatAreNamedUntilItIsCalm() {
        looking(rig -> {
            Specimen specimen = rig.specimen;
            Arm arm = rig.candidate();
            LinkHandle link = arm.link(specimen.inner());
            Rig.Witness witness = Rig.Witness.of(arm);

            link.disturb("busy", new LinkHandle.Disturbance.Status(new LinkHandle.Requests("GET", "/", 1), 503));
            assertThat(rig.read(arm).isAcknowledged()).isFalse();
            assertThat(rig.read(rig.control()).isAcknowledged()).isTrue();
            assertThat(rig.eventually(() -> witness.samples.stream()
                            .anyMatch(sample -> sample.link().equals(specimen.inner()) && sample.status() == 503)))
                    .isTrue();
            link.disturb("busy", new LinkHandle.Disturbance.Status(new LinkHandle.Requests("POST", "/", 1), 503));
            assertThat(rig.eventually(() -> rig.read(arm).isAcknowledged())).isTrue();
            link.calm("busy");

            Duration by = Duration.ofNanos(4 * rig.medianRead(arm) + 100_000_000);
            link.disturb("slow", new LinkHandle.Disturbance.Hold(new LinkHandle.Requests("", "/nobody-asks", 1), by));
            assertThat(rig.medianRead(arm)).isLessThan(by.toNanos());
            link.disturb("slow", new LinkHandle.Disturbance.Hold(new LinkHandle.Requests("", "/", 1), by));
            assertThat(rig.medianRead(arm)).isGreaterThan(by.toNanos());
            link.calm("slow");
            assertThat(link.disturbances()).isEmpty();
            assertThat(rig.medianRead(arm)).isLessThan(by.toNanos());
        });
    }

    @Test
    default void aLinkThatNobodyDeclaredIsAnError() {
        looking(rig -> {
            Link nowhere = new Link(rig.specimen.other(), "nowhere");
            assertThatThrownBy(() -> rig.candidate().link(nowhere))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nowhere");
        });
    }

    @Test
    default void whatCrossesALinkIsMeasured() {
        looking(rig -> {
            Specimen specimen = rig.specimen;
            Rig.Witness witness = Rig.Witness.of(rig.candidate());
            Link entering = Link.entering(specimen.read().service());
            long began = specimen.timeline().now();

            rig.read(rig.candidate());

            assertThat(rig.eventually(() -> witness.since(began)
                            .map(LinkSample::link)
                            .toList()
                            .containsAll(List.of(entering, specimen.inner()))))
                    .isTrue();
            assertThat(witness.since(began)).allSatisfy(sample -> {
                assertThat(sample.arm()).isEqualTo(ArmName.CANDIDATE);
                assertThat(sample.startNanos()).isLessThanOrEqualTo(sample.endNanos());
                assertThat(sample.endNanos())
                        .isLessThanOrEqualTo(specimen.timeline().now());
                assertThat(sample.isFailure()).isFalse();
            });
        });
    }
}
