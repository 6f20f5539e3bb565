package dev.understudy.runtime.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is demanded of what runs in an arm: releases, processes, programs, databases.
interface ArmContract {
    /// One after the other, new ones first.
    Replacement START_FIRST = new Replacement(Replacement.Order.START_FIRST, OptionalInt.of(1));

    /// See [RuntimeContract#within].
    void within(Consumer<Specimen> test);

    /// See [RuntimeContract#looking].
    void looking(Consumer<Rig> test);

    @Test
    default void deployChangesWhatRunsAndDeployingBackRestoresIt() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                Release before = arm.release(specimen.other());
                List<String> digestsBefore = Rig.digests(arm);
                List<String> marksBefore = Rig.marks(arm);

                Arm.Deployed out = arm.deploy(specimen.other(), Release.of(specimen.otherVersion()));

                assertThat(out.healthy()).as(out.evidence()).isTrue();
                assertThat(arm.release(specimen.other()).version()).isEqualTo(specimen.otherVersion());
                assertThat(Rig.instance(arm, specimen.other()).release().version())
                        .isEqualTo(specimen.otherVersion());
                assertThat(Rig.instance(arm, specimen.other()).digest()).isEqualTo(out.digest());
                assertThat(Rig.digests(arm)).isNotEqualTo(digestsBefore);
                assertThat(Rig.digests(rig.control())).isEqualTo(digestsBefore);
                assertThat(rig.read(arm).isAcknowledged()).isTrue();

                Arm.Deployed back = arm.deploy(specimen.other(), before);

                assertThat(back.healthy()).as(back.evidence()).isTrue();
                assertThat(arm.release(specimen.other())).isEqualTo(before);
                assertThat(Rig.digests(arm)).isEqualTo(digestsBefore);
                assertThat(Rig.marks(arm)).isNotEqualTo(marksBefore);
                assertThat(rig.read(arm).isAcknowledged()).isTrue();
            }
        });
    }

    @Test
    default void whatIsReplacedStartFirstAnswersAllTheTimeThereAndBack() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                Release before = arm.release(specimen.other());
                List<String> digestsBefore = Rig.digests(arm);
                AtomicBoolean done = new AtomicBoolean();
                Timeline.Fork<Long> unanswered = specimen.timeline().fork("reader", () -> {
                    long missed = 0;
                    while (!done.get()) {
                        missed += rig.read(arm).isAcknowledged() ? 0 : 1;
                        specimen.timeline().sleep(Duration.ofMillis(20));
                    }
                    return missed;
                });

                Arm.Deployed out = arm.deploy(specimen.other(), Release.of(specimen.otherVersion()), START_FIRST);
                List<String> digestsBetween = Rig.digests(arm);
                Arm.Deployed back = arm.deploy(specimen.other(), before, START_FIRST);
                done.set(true);

                assertThat(out.healthy()).as(out.evidence()).isTrue();
                assertThat(back.healthy()).as(back.evidence()).isTrue();
                assertThat(back.course()).isNotEmpty();
                assertThat(digestsBetween).hasSameSizeAs(digestsBefore).isNotEqualTo(digestsBefore);
                assertThat(Rig.digests(arm)).isEqualTo(digestsBefore);
                assertThat(unanswered.join()).isZero();
                assertThat(arm.strays()).isEmpty();
            }
        });
    }

    @Test
    default void dataThatIsPutBackIsWhatTheCopiesHeld() {
        within(specimen -> {
            assumeTrue(specimen.writing().isPresent(), "this specimen keeps no data");
            Specimen.Writing writing = specimen.writing().get();
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                DataImage before = arm.data(writing.store());
                assertThat(arm.exchange(writing.request(), Rig.LONG).isAcknowledged())
                        .isTrue();
                assertThat(rig.control().exchange(writing.request(), Rig.LONG).isAcknowledged())
                        .isTrue();
                assertThat(arm.data(writing.store())).isNotEqualTo(before);

                Arm.Deployed restored = arm.restoreData(writing.store());

                assertThat(restored.healthy()).as(restored.evidence()).isTrue();
                assertThat(arm.data(writing.store())).isEqualTo(before);
                assertThat(rig.control().data(writing.store())).isNotEqualTo(before);
                assertThat(rig.eventually(() -> rig.read(arm).isAcknowledged())).isTrue();
                assertThat(arm.exchange(writing.request(), Rig.LONG).isAcknowledged())
                        .isTrue();
            }
        });
    }

    @Test
    default void aPausedServiceAnswersNothingUntilItGoesOnAsTheSameProcess() {
        looking(rig -> {
            Arm arm = rig.candidate();
            String other = rig.specimen.other();
            List<String> marks = Rig.marks(arm);

            arm.pause(other);
            arm.pause(other);

            assertThat(arm.paused(other)).hasSize(1);
            assertThat(rig.control().paused(other)).isEmpty();
            assertThat(arm.exchange(rig.specimen.read(), RuntimeContract.SHORT).isAcknowledged())
                    .isFalse();
            assertThat(rig.eventually(() -> !Rig.instance(arm, other).healthy()))
                    .isTrue();

            arm.resume(other);
            arm.resume(other);

            assertThat(arm.paused(other)).isEmpty();
            assertThat(rig.eventually(() -> rig.read(arm).isAcknowledged())).isTrue();
            assertThat(rig.eventually(() -> Rig.instance(arm, other).healthy())).isTrue();
            assertThat(Rig.marks(arm)).isEqualTo(marks);
        });
    }

    @Test
    default void anotherSettingIsAnotherDigest() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                Release before = arm.release(specimen.other());
                String digest = Rig.instance(arm, specimen.other()).digest();

                arm.deploy(specimen.other(), new Release(before.version(), Map.of("TCK_MOOD", new Template("good"))));

                assertThat(Rig.instance(arm, specimen.other()).digest()).isNotEqualTo(digest);
            }
        });
    }

    @Test
    default void aKilledServiceIsReportedAndUnhealthyUntilItIsDeployedAgain() {
        within(specimen -> {
            try (Rig rig = Rig.started(specimen)) {
                Arm arm = rig.candidate();
                Rig.Witness witness = Rig.Witness.of(arm);
                Rig.Witness other = Rig.Witness.of(rig.control());

                arm.kill(specimen.other());

                assertThat(rig.eventually(() -> witness.exits.contains(specimen.other() + "#0")))
                        .isTrue();
                assertThat(rig.eventually(
                                () -> !Rig.instance(arm, specimen.other()).healthy()))
                        .isTrue();
                assertThat(rig.read(arm).isAcknowledged()).isFalse();
                assertThat(rig.read(rig.control()).isAcknowledged()).isTrue();
                assertThat(other.exits).isEmpty();

                assertThat(arm.deploy(specimen.other(), arm.release(specimen.other()))
                                .healthy())
                        .isTrue();
                assertThat(rig.read(arm).isAcknowledged()).isTrue();
                assertThat(witness.exits).hasSize(1);
            }
        });
    }

    @Test
    default void everyRunningInstanceUsesResources() {
        looking(rig -> {
            rig.medianRead(rig.candidate());

            List<Arm.ResourceUse> uses = rig.candidate().resources();

            assertThat(uses.stream().map(use -> use.service() + "#" + use.index()))
                    .containsExactlyInAnyOrderElementsOf(rig.candidate().instances().stream()
                            .map(instance -> instance.service() + "#" + instance.index())
                            .toList());
            assertThat(uses).allSatisfy(use -> assertThat(use.residentBytes()).isPositive());
            assertThat(uses).anySatisfy(use -> assertThat(use.cpu()).isPositive());
        });
    }

    @Test
    default void programsRunInsideTheArmAndSayHowTheyEnded() {
        looking(rig -> {
            Specimen specimen = rig.specimen;
            assumeTrue(specimen.runtime().capabilities().contains(Capability.EXECUTE), "can't execute programs");
            Arm arm = rig.candidate();
            Specimen.Commands commands = specimen.commands();
            Template address = new Template("${" + specimen.read().service() + ".address}");

            Arm.Execution printed = arm.execute(commands.printing(), Map.of("ADDRESS", address), Rig.LONG);
            assertThat(printed.succeeded()).as(printed.output()).isTrue();
            assertThat(printed.exitCode()).isZero();
            assertThat(printed.output().strip()).matches("[^\\s$]+:\\d+");
            assertThat(printed.literal()).contains(commands.printing().getFirst());

            Arm.Execution failed = arm.execute(commands.failing(), Map.of(), Rig.LONG);
            assertThat(failed.succeeded()).isFalse();
            assertThat(failed.timedOut()).isFalse();
            assertThat(failed.exitCode()).isEqualTo(commands.failingCode());

            Arm.Execution hung = arm.execute(commands.hanging(), Map.of(), RuntimeContract.SHORT);
            assertThat(hung.succeeded()).isFalse();
            assertThat(hung.timedOut()).isTrue();
            assertThat(rig.eventually(() -> arm.strays().isEmpty())).isTrue();
        });
    }

    @Test
    default void theSchemaOfAnArmsDatabaseIsReadAndWhereThereIsNoneThatIsSaid() {
        within(specimen -> {
            assumeTrue(specimen.sql().isPresent(), "this specimen has no database");
            Specimen.SqlTexts texts = specimen.sql().get();
            try (Rig rig = Rig.started(specimen)) {
                SchemaImage before = rig.candidate().schema(texts.service(), Set.of());
                assertThat(before.incomplete()).isEmpty();
                assertThat(before.objects()).isNotEmpty().isSorted();
                assertThat(rig.control().schema(texts.service(), Set.of())).isEqualTo(before);

                rig.candidate().sql(texts.service(), texts.fails(), Rig.LONG);
                assertThat(rig.candidate().schema(texts.service(), Set.of())).isEqualTo(before);
                rig.candidate().kill(texts.service());
                assertThat(rig.eventually(() -> !rig.candidate()
                                .schema(texts.service(), Set.of())
                                .isComplete()))
                        .isTrue();
            }
        });
    }

    @Test
    default void sqlRunsInTheArmsOwnDatabase() {
        within(specimen -> {
            assumeTrue(specimen.sql().isPresent(), "this specimen has no database");
            Specimen.SqlTexts texts = specimen.sql().get();
            try (Rig rig = Rig.started(specimen)) {
                DataImage before = rig.control().data(texts.service());

                Arm.Execution failed = rig.candidate().sql(texts.service(), texts.fails(), Rig.LONG);
                assertThat(failed.succeeded()).isFalse();
                assertThat(failed.exitCode()).isEqualTo(1);
                assertThat(failed.output()).isNotBlank();
                assertThat(rig.candidate().data(texts.service())).isEqualTo(before);

                Arm.Execution worked = rig.candidate().sql(texts.service(), texts.works(), Rig.LONG);
                assertThat(worked.succeeded()).as(worked.output()).isTrue();
                assertThat(rig.candidate().data(texts.service())).isNotEqualTo(before);
                assertThat(rig.control().data(texts.service())).isEqualTo(before);
            }
        });
    }
}
