package dev.understudy.report.ci;

import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.Level;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.util.List;

/// Findings as workflow commands of GitHub Actions, which shows them on the line of the scenario. The runner
/// shows ten errors and ten warnings of a step. Pure and thread-safe.
public final class Annotations {
    private static final int MOST = 10;

    private Annotations() {}

    /// A line for each of the first errors and warnings, errors first; notes get none.
    public static List<String> of(List<Finding> findings) {
        return List.of(Level.ERROR, Level.WARNING).stream()
                .flatMap(level -> findings.stream()
                        .filter(finding -> finding.level() == level)
                        .limit(MOST))
                .map(finding -> line(
                        finding.level().word(), finding.place(), finding.kind().id(), finding.message()))
                .toList();
    }

    /// A line for each of the first problems of files that could not be read.
    public static List<String> ofProblems(List<Problem> problems) {
        return problems.stream()
                .limit(MOST)
                .map(problem -> line("error", problem.place(), "scenario", problem.message()))
                .toList();
    }

    private static String line(String level, Place place, String title, String message) {
        return "::" + level + " file=" + property(place.file()) + ",line=" + place.line() + ",col=" + place.column()
                + ",title=" + property(title) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
