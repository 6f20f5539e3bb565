package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.Verdict;
import dev.understudy.scenario.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Renders all scenarios of a command as `suite.json`: the verdict of each or the problem that prevented one,
/// in a few figures, with its own exit code. Times are nanoseconds; what does not apply is `null`. Pure and
/// thread-safe.
public final class SuiteJson {

    /// The version of the format, raised as [RunJson#SCHEMA] is.
    public static final int SCHEMA = 1;

    private record SuiteFile(int schema, String kind, List<Line> scenarios) {}

    private record Line(
            String file,
            int exitCode,
            Optional<Found> verdict,
            Optional<Problem> problem,
            Optional<String> runId,
            Optional<String> report,
            Optional<String> expected,
            Optional<String> expectation,
            List<String> left) {}

    private record Found(
            Verdict.Decision decision,
            Verdict.ChangeFinding change,
            Verdict.RollbackFinding rollback,
            Verdict.Reversibility reversibility,
            String reason,
            Optional<String> decidedBy,
            Optional<Place> place,
            String measure,
            OptionalLong recovery,
            OptionalLong lost) {}

    private record Problem(String cause, String message, Optional<Place> place) {}

    private SuiteJson() {}

    /// The whole file; scenarios in the order given.
    public static String render(List<SuiteEntry> entries) {
        return StableJson.write(new SuiteFile(
                SCHEMA,
                "understudy-suite",
                entries.stream().map(SuiteJson::line).toList()));
    }

    private static Line line(SuiteEntry entry) {
        return switch (entry.outcome()) {
            case SuiteEntry.Outcome.Judged judged -> {
                RunSummary run = judged.run();
                yield new Line(
                        entry.file(),
                        entry.exitCode(),
                        Optional.of(found(run)),
                        Optional.empty(),
                        Optional.of(run.identity().runId()),
                        Optional.of(judged.reportPath()),
                        run.expectation().map(ExpectationReading::expected),
                        run.expectation().map(expected -> expected.met() ? "met" : "unmet"),
                        judged.left());
            }
            case SuiteEntry.Outcome.Prevented prevented ->
                new Line(
                        entry.file(),
                        entry.exitCode(),
                        Optional.empty(),
                        Optional.of(new Problem(
                                prevented.cause().name().toLowerCase(Locale.ROOT),
                                prevented.message(),
                                prevented.place())),
                        prevented.runId(),
                        prevented.reportPath(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        };
    }

    private static Found found(RunSummary run) {
        Verdict verdict = run.verdict();
        return new Found(
                verdict.decision(),
                verdict.change(),
                verdict.rollback(),
                verdict.reversibility(),
                verdict.reason(),
                verdict.decidedBy(),
                verdict.place(),
                verdict.measure(),
                run.figures().recovery(),
                run.figures().lost());
    }
}
