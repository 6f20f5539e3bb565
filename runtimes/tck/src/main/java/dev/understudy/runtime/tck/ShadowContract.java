package dev.understudy.runtime.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Shadow;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is demanded of live and of a shadow as a whole.
interface ShadowContract {
    /// See [RuntimeContract#within].
    void within(Consumer<Specimen> test);

    @Test
    default void discoverListsEveryDeclaredServiceAsItRuns() {
        within(specimen -> {
            try (Live live = Rig.discover(specimen)) {
                assertThat(live.instances().stream().map(InstanceState::service))
                        .containsAll(specimen.scenario().topology().services().keySet());
                assertThat(live.instances()).allSatisfy(instance -> {
                    assertThat(instance.healthy()).as(instance.service()).isTrue();
                    assertThat(instance.digest()).isNotBlank();
                    assertThat(instance.mark()).isNotBlank();
                });
            }
        });
    }

    @Test
    default void nothingRunsBeforeTheStartAndThenBothArmsAreHealthyAndAlike() {
        within(specimen -> {
            try (Rig rig = new Rig(specimen)) {
                assertThat(rig.candidate().instances()).noneMatch(InstanceState::healthy);
                assertThat(rig.shadow.copied().frozenAt())
                        .isBetween(0L, specimen.timeline().now());

                rig.shadow.start();

                for (ArmName name : ArmName.values()) {
                    Arm arm = rig.shadow.arm(name);
                    assertThat(arm.name()).isEqualTo(name);
                    assertThat(arm.instances()).isNotEmpty().allMatch(InstanceState::healthy);
                    assertThat(arm.strays()).isEmpty();
                    assertThat(rig.read(arm).isAcknowledged()).isTrue();
                }
                assertThat(Rig.digests(rig.control())).isEqualTo(Rig.digests(rig.candidate()));
                assertThat(Rig.marks(rig.control())).doesNotContainAnyElementsOf(Rig.marks(rig.candidate()));
            }
        });
    }

    @Test
    default void everyWayOutOfAnArmIsTriedAndHeld() {
        within(specimen -> {
            boolean enforced = specimen.runtime().capabilities().contains(Capability.ENFORCED_ISOLATION);
            assumeTrue(enforced, "this host can't enforce isolation");
            try (Rig rig = new Rig(specimen)) {
                List<Shadow.Probe> probes = rig.shadow.probe();

                assertThat(probes.stream().map(Shadow.Probe::arm)).contains(ArmName.values());
                assertThat(probes).allSatisfy(probe -> {
                    assertThat(probe.held())
                            .as(probe.attempt() + ": " + probe.evidence())
                            .isTrue();
                    assertThat(probe.attempt()).isNotBlank();
                });
            }
        });
    }

    @Test
    default void armsDoNotSeeEachOthersWrites() {
        within(specimen -> {
            assumeTrue(specimen.writing().isPresent(), "this specimen keeps no data");
            Specimen.Writing writing = specimen.writing().get();
            try (Rig rig = Rig.started(specimen)) {
                long before = Rig.rows(rig.control().data(writing.store()));
                assertThat(Rig.rows(rig.candidate().data(writing.store()))).isEqualTo(before);

                assertThat(rig.candidate().exchange(writing.request(), Rig.LONG).isAcknowledged())
                        .isTrue();

                assertThat(Rig.rows(rig.candidate().data(writing.store()))).isEqualTo(before + 1);
                assertThat(Rig.rows(rig.control().data(writing.store()))).isEqualTo(before);
                assertThat(rig.candidate().data(writing.store()).structure())
                        .isEqualTo(rig.control().data(writing.store()).structure());
            }
        });
    }

    @Test
    default void resetRestoresDataReleasesAndLinks() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                List<String> digests = Rig.digests(arm);
                List<DataImage> data = rig.data(arm);
                Release release = arm.release(specimen.other());
                specimen.writing().ifPresent(writing -> arm.exchange(writing.request(), Rig.LONG));
                specimen.sql().ifPresent(texts -> arm.sql(texts.service(), texts.works(), Rig.LONG));
                arm.deploy(specimen.other(), Release.of(specimen.otherVersion()));
                arm.link(specimen.inner()).disturb("gone", new LinkHandle.Disturbance.Refuse(false));

                rig.shadow.reset();
                assertThat(rig.candidate().instances()).noneMatch(InstanceState::healthy);
                rig.shadow.start();

                Arm fresh = rig.candidate();
                assertThat(fresh.release(specimen.other())).isEqualTo(release);
                assertThat(Rig.digests(fresh)).isEqualTo(digests);
                assertThat(rig.data(fresh)).isEqualTo(data);
                assertThat(fresh.link(specimen.inner()).disturbances()).isEmpty();
                assertThat(rig.read(fresh).isAcknowledged()).isTrue();
            }
        });
    }

    @Test
    default void whatIsPreparedIsWhatStarts() {
        within(specimen -> {
            try (Rig rig = new Rig(specimen)) {
                Release other = Release.of(specimen.otherVersion());
                rig.candidate().prepare(specimen.other(), other);

                rig.shadow.start();

                assertThat(rig.candidate().release(specimen.other())).isEqualTo(other);
                assertThat(rig.candidate().instances()).allMatch(InstanceState::healthy);
                assertThat(rig.control().release(specimen.other())).isNotEqualTo(other);
                assertThat(Rig.digests(rig.candidate())).isNotEqualTo(Rig.digests(rig.control()));
            }
        });
    }

    @Test
    default void disposingLeavesNothingAndTouchesNothingOfLive() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                List<InstanceState> liveBefore = rig.live.instances();
                rig.candidate().deploy(specimen.other(), Release.of(specimen.otherVersion()));
                rig.candidate().kill(specimen.other());

                assertThat(rig.shadow.dispose()).isEmpty();
                assertThat(rig.shadow.dispose()).isEmpty();

                assertThat(rig.openEffects).hasValue(0);
                assertThat(rig.live.instances()).isEqualTo(liveBefore);
                assertThat(specimen.runtime().clean()).isEmpty();
                assertThat(rig.live.instances()).isEqualTo(liveBefore);
            }
        });
    }

    @Test
    default void closingLiveStopsJustWhatWasStarted() {
        within(specimen -> {
            Live first = Rig.discover(specimen);
            List<InstanceState> running = first.instances();
            Live second = specimen.runtime().discover(specimen.scenario().topology(), false, (_, _) -> _ -> {});

            second.close();

            assertThat(first.instances()).isEqualTo(running);
            first.close();
        });
    }
}
