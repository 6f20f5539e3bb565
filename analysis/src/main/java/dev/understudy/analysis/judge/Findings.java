package dev.understudy.analysis.judge;

import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was found, over all trials. The first trial decides whether change and rollback are good; every
/// other one can only make it worse: the change by breaching, the rollback by failing under the configured
/// plan. If the run was stopped for live's sake, the trial that this cut short says nothing.
///
/// @param cutShort why the run was stopped before the first trial was through
/// @param obstacles why no run like this can be a GO, whatever was found
record Findings(
        Optional<Reason> cutShort,
        Optional<Reason> unfaithful,
        List<Reason> obstacles,
        ChangeFinding change,
        List<Reason> changeReasons,
        List<Reason> detectionGaps,
        RollbackFinding rollback,
        List<Fault> faults,
        Reversibility reversibility,
        boolean lostAreUnreadable,
        OptionalLong recovery,
        long watchedNanos) {

    static Findings of(Scenario scenario, Journal journal, List<TrialRecord> trials, Fidelity fidelity) {
        TrialRecord first = trials.getFirst();
        Optional<Reason> stopped = LiveReadings.stop(scenario, journal);
        ChangeJudge.Found change = new ChangeJudge(scenario, first).find();
        RollbackJudge.Found rollback = new RollbackJudge(scenario, first).find();
        List<Fault> faults = new ArrayList<>(rollback.faults());
        List<Reason> changeReasons = new ArrayList<>(change.reasons());
        ChangeFinding changed = change.finding();
        for (TrialRecord other : trials.subList(1, trials.size())) {
            if (stopped.isPresent() && !other.isThrough()) {
                continue;
            }
            String where = "In trial " + other.number() + " of " + trials.size() + ": ";
            ChangeJudge.Found again = new ChangeJudge(scenario, other).find();
            if (again.finding() == ChangeFinding.BREACHED && changed != ChangeFinding.BREACHED) {
                changed = ChangeFinding.BREACHED;
                changeReasons =
                        new ArrayList<>(List.of(again.reasons().getFirst().after(where)));
            }
            if (other.plan().equals(first.plan())) {
                new RollbackJudge(scenario, other)
                        .find().faults().stream()
                                .filter(Fault::isFailure)
                                .map(fault ->
                                        new Fault(fault.kind(), fault.reason().after(where)))
                                .forEach(faults::add);
            }
        }
        List<Fault> sorted = Fault.sorted(faults);
        boolean hasFailed = sorted.stream().anyMatch(fault -> fault.isFailure() && !StepChecks.isDeclaration(fault));
        Loss loss = Loss.of(scenario, first);
        return new Findings(
                stopped.filter(_ -> !first.isThrough()),
                fidelity.unfaithful(),
                Obstacles.of(scenario, journal, first, fidelity),
                changed,
                changeReasons,
                new ChangeJudge(scenario, first).detectionGaps(),
                hasFailed ? RollbackFinding.FAILED : rollback.finding(),
                sorted,
                reversibility(sorted, rollback.reversibility()),
                loss.count() > 0 && loss.unreadable() >= loss.count(),
                first.recovery(),
                first.rollbackBegan().orElse(0) - first.watchBegan().orElse(0));
    }

    private static Reversibility reversibility(List<Fault> faults, Reversibility ofFirst) {
        return faults.stream()
                .filter(fault -> fault.kind() == Fault.Kind.ONE_WAY)
                .findFirst()
                .<Reversibility>map(
                        fault -> new Reversibility.OneWay(fault.reason().text()))
                .orElse(ofFirst);
    }
}
