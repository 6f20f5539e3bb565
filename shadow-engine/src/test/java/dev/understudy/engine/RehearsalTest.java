package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.Profile;
import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.simulated.Lie;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The stages of a run and of its trials, in virtual time.
final class RehearsalTest {

    @Test
    void aGoodReleaseIsRolledBackAsADrill() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(1);

        Journal journal = rehearsal.run(rehearsal.scenario(SampleWorlds.GOOD, 0));

        assertThat(journal.events(Event.Breached.class)).isEmpty();
        assertThat(journal.events(Event.RollbackBegan.class)).singleElement().matches(Event.RollbackBegan::drill);
        assertThat(journal.events(Event.Recovery.class)).singleElement().matches(Event.Recovery::recovered);
        assertThat(journal.events(Event.StateCompared.class)).isNotEmpty().allMatch(Event.StateCompared::equal);
        assertThat(journal.events(Event.DataCompared.class)).isNotEmpty().allMatch(data -> data.lost() == 0);
        assertThat(journal.events(Event.LedgerRead.class))
                .isNotEmpty()
                .allMatch(read -> read.lost() == 0 && read.keys() > 0);
        assertThat(journal.events(Event.Disposed.class))
                .singleElement()
                .matches(disposed -> disposed.left().isEmpty());
    }

    @Test
    void breachStartsTheRollbackOnce() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(2);

        Journal journal = rehearsal.run(rehearsal.scenario(SampleWorlds.NO_TIMEOUT, 0));

        assertThat(journal.events(Event.Breached.class)).singleElement().matches(breached -> !breached.shared());
        assertThat(journal.events(Event.RollbackBegan.class)).singleElement().matches(began -> !began.drill());
    }

    @Test
    void sameSeedSameHistory() {
        List<Journal> twice = List.of(run(7), run(7));

        assertThat(twice.getFirst().entries()).isEqualTo(twice.getLast().entries());
        assertThat(twice.getFirst().exchanges()).isEqualTo(twice.getLast().exchanges());
    }

    private static Journal run(long seed) {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(seed);
        return rehearsal.run(rehearsal.scenario(SampleWorlds.GOOD, 0));
    }

    @Test
    void stagesComeInTheirOrderAndAllEnd() {
        Journal journal = run(3);

        assertThat(journal.events(Event.StageBegan.class).map(Event.StageBegan::stage))
                .containsExactly(
                        "discover",
                        "clone",
                        "probe",
                        "start",
                        "baseline",
                        "change",
                        "watch",
                        "rollback",
                        "recovery",
                        "verify",
                        "reset",
                        "dispose");
        assertThat(journal.events(Event.StageEnded.class))
                .allMatch(ended -> ended.outcome().equals("done"));
    }

    @Test
    void everyIntendedEffectIsUndone() {
        Journal journal = run(4);

        List<Long> intended =
                journal.events(Event.Intended.class).map(Event.Intended::effect).toList();
        assertThat(intended).isNotEmpty();
        assertThat(journal.events(Event.Undone.class)
                        .filter(Event.Undone::verified)
                        .map(Event.Undone::effect))
                .containsExactlyInAnyOrderElementsOf(intended);
    }

    @Test
    void aLeakStopsTheRunBeforeAnythingStarts() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(5).lying(Lie.ROUTE_LEFT_OPEN);

        Journal journal = rehearsal.run(rehearsal.scenario(SampleWorlds.GOOD, 0));

        assertThat(journal.events(Event.Failed.class))
                .singleElement()
                .matches(failed -> failed.kind().equals("environment"));
        assertThat(journal.events(Event.ArmReady.class)).isEmpty();
        assertThat(journal.events(Event.Disposed.class)).hasSize(1);
    }

    @Test
    void whatProcessesUsedIsTakenApartByPhaseInBothArms() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(8);
        Scenario scenario = rehearsal.scenario(SampleWorlds.NO_TIMEOUT, 0);

        RunSummary summary = Judge.judge(scenario, rehearsal.run(scenario));

        assertThat(summary.profiles()).extracting(Profile::arm).contains("candidate", "control");
        assertThat(summary.profiles()).allSatisfy(profile -> {
            assertThat(profile.phases())
                    .extracting(Profile.Phase::name)
                    .containsExactly("baseline", "change", "rollback", "recovery");
            assertThat(profile.phases()).allMatch(phase -> phase.nanos() > 0 && phase.exits() == 0);
            assertThat(profile.phases().getFirst().uses()).containsKeys("cpu", "memory", "threads", "disk-read");
        });
        assertThat(profile(summary, "candidate", "orders").phases())
                .extracting(Profile.Phase::deployments)
                .containsExactly(0, 1, 1, 0);
        assertThat(profile(summary, "control", "orders").phases())
                .extracting(Profile.Phase::deployments)
                .containsExactly(0, 1, 0, 0);
        Profile.Use received = profile(summary, "candidate", "gateway")
                .phases()
                .getFirst()
                .uses()
                .get("network-received");
        assertThat(received.mean()).isPositive().isLessThanOrEqualTo(received.peak());
    }

    private static Profile profile(RunSummary summary, String arm, String service) {
        return summary.profiles().stream()
                .filter(profile ->
                        profile.arm().equals(arm) && profile.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSlowReleaseReachesItsCallersButNotItsNeighbours() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(9);
        Scenario scenario = rehearsal.scenario(SampleWorlds.NO_TIMEOUT, 0);

        BlastRadius blast = Judge.judge(scenario, rehearsal.run(scenario)).blast();

        assertThat(state(blast, "orders")).isEqualTo(BlastRadius.State.CHANGED);
        assertThat(state(blast, "gateway")).isEqualTo(BlastRadius.State.AFFECTED);
        assertThat(state(blast, "catalogue")).as(blast.toString()).isEqualTo(BlastRadius.State.NOT_AFFECTED);
        assertThat(blast.links())
                .filteredOn(edge -> edge.from().equals("users") && edge.to().equals("gateway"))
                .singleElement()
                .matches(BlastRadius.Edge::differs);
    }

    private static BlastRadius.State state(BlastRadius blast, String service) {
        return blast.services().stream()
                .filter(node -> node.service().equals(service))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void aBetterOrderIsRunInAlternatingPairs() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(6);

        Journal journal = rehearsal.run(rehearsal.scenario(SampleWorlds.NO_TIMEOUT, 3));

        assertThat(journal.events(Event.PlanProposed.class)).hasSize(1);
        assertThat(journal.events(Event.PairRun.class).map(Event.PairRun::plan))
                .containsExactly("written", "proposed", "written", "proposed", "written", "proposed");
        assertThat(journal.events(Event.PlanDecided.class)).singleElement().matches(decided -> decided.pairs() == 3);
    }
}
