package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.ci.Metrics;
import dev.understudy.report.ci.SummaryMarkdown;
import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.Findings;
import dev.understudy.report.finding.SarifJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes the summaries of [Summaries] as HTML, and the files of a suite of all of them, below the directory named
/// by the first argument, to look at.
final class LookAtReports {

    private LookAtReports() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments.length > 0 ? arguments[0] : "target/look"));
        for (Map.Entry<String, RunSummary> summary : Summaries.all().entrySet()) {
            Path file = directory.resolve(summary.getKey() + ".html");
            Files.writeString(file, HtmlReport.render(summary.getValue()));
            System.out.println(file + " " + Files.size(file));
        }
        List<SuiteEntry> entries = Summaries.all().entrySet().stream()
                .map(each -> SuiteEntry.judged(each.getKey() + ".yaml", each.getValue(), "report.html", 0))
                .toList();
        List<Finding> findings = Findings.of(entries, path -> path);
        Files.writeString(directory.resolve("suite.html"), SuiteHtml.render(entries, "here"));
        Files.writeString(directory.resolve("junit.xml"), JunitXml.render(entries));
        Files.writeString(directory.resolve("summary.md"), SummaryMarkdown.render(entries, findings));
        Files.writeString(directory.resolve("hazards.sarif"), SarifJson.render(findings, "0.1.0"));
        Files.writeString(directory.resolve("metrics.txt"), Metrics.render(entries));
    }
}
