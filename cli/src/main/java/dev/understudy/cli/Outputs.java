package dev.understudy.cli;

import dev.understudy.analysis.RunSummary;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.HtmlReport;
import dev.understudy.report.PlanYaml;
import dev.understudy.report.RunJson;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.comparison.RunFacts;
import dev.understudy.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files a judged run leaves beside its journal.
final class Outputs {
    /// A copy of the baseline's `run.json`, so that the report can be written again from the directory alone.
    private static final String BASELINE = "baseline.json";

    private Outputs() {}

    /// Keeps what the run is held against.
    static void keepBaseline(RunDirectory directory, RecordedRun baseline) {
        try {
            Files.writeString(directory.file(BASELINE), baseline.json());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + directory.path(), e);
        }
    }

    /// Writes them; returns what they are about, with the report's path as a user would type it.
    static SuiteEntry.Outcome.Judged write(RunDirectory directory, Scenario scenario, RunSummary summary) {
        try {
            String json = RunJson.render(summary);
            Path report = directory.file("report.html");
            Optional<Comparison> comparison = comparison(directory, json);
            Files.writeString(report, HtmlReport.render(summary, comparison));
            Files.writeString(directory.file("run.json"), json);
            Optional<String> plan = summary.plan()
                    .filter(RunSummary.PlanReading::isKept)
                    .map(_ -> PlanYaml.render(scenario.rollback(), summary));
            if (plan.isPresent()) {
                Files.writeString(directory.file("plan.yaml"), plan.get());
            }
            return new SuiteEntry.Outcome.Judged(summary, report.toString(), List.of(), plan, comparison);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + directory.path(), e);
        }
    }

    private static Optional<Comparison> comparison(RunDirectory directory, String json) throws IOException {
        Path baseline = directory.file(BASELINE);
        if (!Files.isRegularFile(baseline)) {
            return Optional.empty();
        }
        return Optional.of(Comparison.of(
                RunFacts.read(baseline.toString(), Files.readString(baseline)),
                RunFacts.read(directory.file("run.json").toString(), json)));
    }
}
