package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.report.JunitXml;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteHtml;
import dev.understudy.report.SuiteJson;
import dev.understudy.report.ci.Metrics;
import dev.understudy.report.ci.SummaryMarkdown;
import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.SarifJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/// The files over all scenarios of a command. They lie in the directory of its last run, so that
/// `rehearsals/latest/` has them.
final class SuiteOutputs {
    private SuiteOutputs() {}

    static void write(RunDirectory directory, List<SuiteEntry> entries, Reporting reporting) {
        List<Finding> findings = reporting.findings(entries);
        String summary = SummaryMarkdown.render(entries, findings);
        try {
            Files.writeString(directory.file("suite.json"), SuiteJson.render(entries));
            Files.writeString(directory.file("suite.html"), SuiteHtml.render(entries, directory.id()));
            Files.writeString(directory.file("junit.xml"), JunitXml.render(entries));
            Files.writeString(directory.file("summary.md"), summary);
            Files.writeString(directory.file("hazards.sarif"), SarifJson.render(findings, Version.NUMBER));
            Files.writeString(directory.file("metrics.txt"), Metrics.render(entries));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + directory.path(), e);
        }
        reporting.ci().summarize(summary);
    }
}
