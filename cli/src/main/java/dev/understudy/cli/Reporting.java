package dev.understudy.cli;

import dev.understudy.report.SuiteEntry;
import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.Findings;
import dev.understudy.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/// What the outcome of scenarios is held against and to whom it is told, besides the files of each run.
///
/// @param baselines earlier runs, at most one a scenario is of use
record Reporting(Ci ci, List<RecordedRun> baselines) {

    /// Files only.
    static Reporting filesOnly() {
        return new Reporting(Ci.none(), List.of());
    }

    /// The run that this scenario is held against: the last one given that is of a scenario of its name.
    Optional<RecordedRun> baseline(Scenario scenario) {
        return baselines.reversed().stream()
                .filter(run -> run.facts().identity().scenario().equals(scenario.name()))
                .findFirst();
    }

    /// Says which baselines no scenario is held against.
    void sayUnused(List<Scenario> scenarios) {
        baselines.stream()
                .map(run -> run.facts().identity())
                .filter(run -> scenarios.stream().noneMatch(each -> each.name().equals(run.scenario())))
                .forEach(run -> System.err.println("understudy: baseline " + run.runId() + " is of scenario '"
                        + run.scenario() + "', which is not rehearsed now"));
    }

    /// What was found, with places as the server names them.
    List<Finding> findings(List<SuiteEntry> entries) {
        return Findings.of(entries, ci::inRepository);
    }
}
