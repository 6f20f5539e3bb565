package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes the summaries of [Summaries] as HTML below the directory named by the first argument, to look at in a
/// browser.
final class LookAtReports {

    private LookAtReports() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments.length > 0 ? arguments[0] : "target/look"));
        for (Map.Entry<String, RunSummary> summary : Summaries.all().entrySet()) {
            Path file = directory.resolve(summary.getKey() + ".html");
            Files.writeString(file, HtmlReport.render(summary.getValue()));
            System.out.println(file + " " + Files.size(file));
        }
    }
}
