package dev.understudy.cli;

import dev.understudy.analysis.RunSummary;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.HtmlReport;
import dev.understudy.report.PlanYaml;
import dev.understudy.report.RunJson;
import dev.understudy.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files a judged run leaves beside its journal.
final class Outputs {
    private Outputs() {}

    /// Writes them; returns the report's path as a user would type it.
    static String write(RunDirectory directory, Scenario scenario, RunSummary summary) {
        try {
            Path report = directory.file("report.html");
            Files.writeString(report, HtmlReport.render(summary));
            Files.writeString(directory.file("run.json"), RunJson.render(summary));
            if (summary.plan().filter(RunSummary.PlanReading::isKept).isPresent()) {
                Files.writeString(directory.file("plan.yaml"), PlanYaml.render(scenario.rollback(), summary));
            }
            return report.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + directory.path(), e);
        }
    }
}
