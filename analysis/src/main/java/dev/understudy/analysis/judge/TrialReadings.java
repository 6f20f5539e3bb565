package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.TrialReading;
import dev.understudy.scenario.Scenario;
import java.util.List;

/// Every trial in a line.
final class TrialReadings {
    private TrialReadings() {}

    static List<TrialReading> of(Scenario scenario, List<TrialRecord> trials) {
        return trials.stream()
                .filter(trial -> trial.rollbackBegan().isPresent())
                .map(trial -> new TrialReading(
                        trial.number(),
                        trial.plan().orElse(""),
                        trial.recoveredSince().isPresent(),
                        trial.recovery(),
                        new StepReadings(scenario, trial).makespan(),
                        outcome(scenario, trial)))
                .toList();
    }

    private static String outcome(Scenario scenario, TrialRecord trial) {
        List<Fault> faults = new RollbackJudge(scenario, trial).find().faults();
        return faults.isEmpty() ? "proven" : faults.getFirst().reason().text();
    }
}
