package dev.understudy.report.finding;

import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.scenario.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Everything found in the scenarios of a command. Pure and thread-safe.
public final class Findings {

    private Findings() {}

    /// Of every scenario, gravest first; a finding that two runs of the same file share stands once.
    ///
    /// @param paths turns the name of a file, as the user typed it, into one from the root of the repository
    public static List<Finding> of(List<SuiteEntry> entries, UnaryOperator<String> paths) {
        Map<String, Finding> byFingerprint = new LinkedHashMap<>();
        entries.stream()
                .flatMap(entry -> of(entry).stream())
                .map(finding -> moved(finding, paths))
                .sorted(Comparator.comparing(Finding::level))
                .forEach(finding -> byFingerprint.putIfAbsent(finding.fingerprint(), finding));
        return List.copyOf(byFingerprint.values());
    }

    private static Finding moved(Finding finding, UnaryOperator<String> paths) {
        Place place = finding.place();
        return new Finding(
                finding.kind(),
                finding.level(),
                new Place(paths.apply(place.file()), place.line(), place.column()),
                finding.subject(),
                finding.message());
    }

    private static List<Finding> of(SuiteEntry entry) {
        return switch (entry.outcome()) {
            case Outcome.Judged judged -> {
                List<Finding> found = new ArrayList<>(new RunFindings(judged.run()).all());
                if (!judged.left().isEmpty()) {
                    found.add(new Finding(
                            FindingKind.LEFT_BEHIND,
                            Level.ERROR,
                            judged.run().identity().place(),
                            judged.run().identity().scenario(),
                            "Left behind: " + String.join("; ", judged.left())));
                }
                yield found;
            }
            case Outcome.Prevented prevented ->
                List.of(new Finding(
                        FindingKind.NOT_REHEARSED,
                        Level.ERROR,
                        prevented.place().orElse(new Place(entry.file(), 1, 1)),
                        prevented.cause().name(),
                        prevented.message().lines().findFirst().orElse("")));
        };
    }
}
