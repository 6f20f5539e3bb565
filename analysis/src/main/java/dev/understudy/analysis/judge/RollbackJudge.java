package dev.understudy.analysis.judge;

import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/// What one trial says of the rollback: everything that speaks against it, gravest first. Nothing speaks
/// against a proven one; what is not on record speaks against it as much as what is wrong.
final class RollbackJudge {
    private final Scenario scenario;
    private final TrialRecord trial;
    private final Loss loss;

    RollbackJudge(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
        loss = Loss.of(scenario, trial);
    }

    /// A finding, what is behind it, and what it says of the way back.
    record Found(RollbackFinding finding, List<Fault> faults, Reversibility reversibility) {}

    Found find() {
        if (trial.rollbackBegan().isEmpty()) {
            Fault never = Fault.untested(Reason.of("The rollback was not tried."));
            return new Found(RollbackFinding.UNTESTED, List.of(never), new Reversibility.Untold());
        }
        List<Fault> faults = new ArrayList<>();
        faults.addAll(new StepChecks(scenario, trial).faults());
        faults.addAll(new RecoveryChecks(scenario, trial).faults());
        faults.addAll(new MigrationChecks(scenario, trial).faults());
        faults.addAll(new DataChecks(scenario, trial, loss).faults());
        List<Fault> sorted = Fault.sorted(faults);
        RollbackFinding finding = sorted.stream().anyMatch(RollbackJudge::fails)
                ? RollbackFinding.FAILED
                : sorted.stream().allMatch(fault -> fault.kind() == Fault.Kind.ONE_WAY)
                        ? RollbackFinding.PROVEN
                        : RollbackFinding.UNTESTED;
        return new Found(finding, sorted, reversibility(sorted));
    }

    // that a step is declared irreversible doesn't make its rollback fail: it is still no way back
    private static boolean fails(Fault fault) {
        return fault.isFailure() && !StepChecks.isDeclaration(fault);
    }

    private Reversibility reversibility(List<Fault> faults) {
        if (!faults.isEmpty() && faults.getFirst().kind() == Fault.Kind.ONE_WAY) {
            return new Reversibility.OneWay(faults.getFirst().reason().text());
        }
        if (trial.recoveredSince().isEmpty() || loss.rows().isEmpty()) {
            return new Reversibility.Untold();
        }
        if (loss.count() > 0) {
            return new Reversibility.WithLoss(loss.count(), loss.spanNanos() / 1e9);
        }
        boolean isOpen = faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.UNTESTED);
        return isOpen ? new Reversibility.Untold() : new Reversibility.Reversible();
    }
}
