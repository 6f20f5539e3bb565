package dev.understudy.analysis.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.Profile;
import dev.understudy.journal.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The trial of [Journals]: baseline from 8 s, change from 12, rollback from 18.1, recovery from 19.7 to 22.5.
class ProfileReadingsTest {
    private final Scenarios scenario = new Scenarios();
    private final Journals journal = Journals.go();

    private Profile orders(String arm) {
        return Judge.judge(scenario.build(), journal.build()).profiles().stream()
                .filter(profile ->
                        profile.service().equals("orders") && profile.arm().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    private static Profile.Phase phase(Profile profile, String name) {
        return profile.phases().stream()
                .filter(phase -> phase.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void instancesAddUpAndEachSecondCountsInItsPhase() {
        journal.used("candidate", "orders", 0, 9, 0.2)
                .used("candidate", "orders", 1, 9, 0.4)
                .used("candidate", "orders", 0, 10, 0.2)
                .used("candidate", "orders", 0, 13, 1.5)
                .used("candidate", "orders", 0, 17, 0.5)
                .used("candidate", "orders", 0, 19, 0.7)
                .used("control", "orders", 0, 13, 0.9);

        Profile candidate = orders("candidate");

        assertThat(phase(candidate, "baseline").uses()).containsEntry("cpu", new Profile.Use(0.4, 0.6, 2));
        assertThat(phase(candidate, "baseline").uses()).containsEntry("threads", new Profile.Use(12, 16, 2));
        assertThat(phase(candidate, "change").uses()).containsEntry("cpu", new Profile.Use(1, 1.5, 2));
        assertThat(phase(candidate, "rollback").uses())
                .containsEntry("disk-written", new Profile.Use(350_000_000, 350_000_000, 1));
        assertThat(phase(candidate, "recovery").uses()).as("no sample").isEmpty();
        assertThat(phase(orders("control"), "change").uses()).containsEntry("cpu", new Profile.Use(0.9, 0.9, 1));
    }

    @Test
    void bytesOfALinkBelongToBothEndsAndSilenceIsNothing() {
        journal.used("candidate", "orders", 0, 9, 0.2)
                .used("candidate", "orders", 0, 10, 0.2)
                .passed("candidate", "gateway->orders", 9, 100, 1000)
                .passed("candidate", "orders->payments", 9, 10, 20);

        Profile.Phase baseline = phase(orders("candidate"), "baseline");

        assertThat(baseline.uses())
                .containsEntry("network-received", new Profile.Use(60, 120, 2))
                .containsEntry("network-sent", new Profile.Use(505, 1010, 2));
    }

    @Test
    void restartsAreExitsByThemselvesAndDeployments() {
        journal.used("candidate", "orders", 0, 9, 0.2)
                .add(16, new Event.InstanceExited(1, "candidate", "orders", 0, 137))
                .add(16.5, new Event.InstanceExited(1, "control", "orders", 0, 137));

        Profile candidate = orders("candidate");

        assertThat(candidate.phases()).extracting(Profile.Phase::exits).containsExactly(0, 1, 0, 0);
        assertThat(candidate.phases()).extracting(Profile.Phase::deployments).containsExactly(0, 1, 1, 0);
    }

    @Test
    void aLongCourseIsThinnedAndKeepsItsPeak() {
        recoveryLastsUntil(3700);
        for (int second = 0; second < 3600; second++) {
            journal.used("candidate", "orders", 0, 9 + second, second == 1234 ? 3.5 : 0.1);
        }

        Profile.Course cpu = orders("candidate").courses().getFirst();

        assertThat(cpu.measure()).isEqualTo("cpu");
        assertThat(cpu.peaks()).hasSizeLessThanOrEqualTo(40).contains(3.5, 0.1);
        assertThat(cpu.peaks().indexOf(3.5)).isEqualTo((int) (1234 / (cpu.width() / Journals.SECOND)));
    }

    @Test
    void whatVerifyingCostsIsNotPartOfACourse() {
        journal.used("candidate", "orders", 0, 9, 0.2).used("candidate", "orders", 0, 24, 3.5);

        assertThat(orders("candidate").courses().getFirst().peaks())
                .contains(0.2)
                .doesNotContain(3.5);
    }

    private void recoveryLastsUntil(double second) {
        journal.without(event -> event instanceof Event.StageEnded ended
                        && ended.trial() == 1
                        && ended.stage().equals("recovery"))
                .add(second, new Event.StageEnded(1, "recovery", "done"));
    }

    @Test
    void aServiceThatWasNeverSeenHasNoProfile() {
        assertThat(Judge.judge(scenario.build(), journal.build()).profiles()).isEqualTo(List.of());
    }
}
