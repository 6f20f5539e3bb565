package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.report.drawing.Gauge;
import dev.understudy.report.drawing.Sign;
import dev.understudy.report.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One scenario of a command in a line of words, for pages and summaries. What was not measured says so.
///
/// @param word `GO`, `NO-GO`, `INCONCLUSIVE` or `NO VERDICT`
/// @param runId empty if it never became a run
/// @param hasReport whether the run has a page of its own
/// @param gauge a drawing of recovery against its budget, or nothing
/// @param expectation what its author expected; empty if nothing
public record SuiteLine(
        String file,
        String scenario,
        Sign sign,
        String word,
        String reason,
        String recovery,
        String gauge,
        String lost,
        String wayBack,
        String gain,
        Optional<ExpectationReading> expectation,
        Optional<String> runId,
        boolean hasReport) {
    private static final String NONE = "–";
    private static final String NO_VERDICT = "NO VERDICT";

    /// Every scenario, gravest first; equally grave ones in the order given.
    public static List<SuiteLine> all(List<SuiteEntry> entries) {
        return entries.stream()
                .map(SuiteLine::of)
                .sorted(Comparator.comparingInt(SuiteLine::gravity))
                .toList();
    }

    private static SuiteLine of(SuiteEntry entry) {
        return switch (entry.outcome()) {
            case SuiteEntry.Outcome.Judged judged -> of(entry.file(), judged);
            case SuiteEntry.Outcome.Prevented prevented ->
                new SuiteLine(
                        entry.file(),
                        entry.file(),
                        Sign.OPEN,
                        NO_VERDICT,
                        prevented.cause().word() + ": "
                                + prevented.message().lines().findFirst().orElse("no message"),
                        NONE,
                        "",
                        NONE,
                        NONE,
                        NONE,
                        Optional.empty(),
                        prevented.runId(),
                        prevented.reportPath().isPresent());
        };
    }

    private static SuiteLine of(String file, SuiteEntry.Outcome.Judged judged) {
        RunSummary run = judged.run();
        Verdict verdict = run.verdict();
        String left = judged.left().isEmpty()
                ? ""
                : " Left behind: " + Words.count(judged.left().size(), "thing") + ".";
        return new SuiteLine(
                file,
                run.identity().scenario(),
                sign(verdict.decision()),
                word(verdict.decision()),
                verdict.reason() + left,
                recovery(run),
                gauge(run.figures()),
                Words.count(run.figures().lost()),
                verdict.reversibility().word().replace('_', ' '),
                run.plan().map(SuiteLine::gain).orElse(NONE),
                run.expectation(),
                Optional.of(run.identity().runId()),
                true);
    }

    private static Sign sign(Verdict.Decision decision) {
        return switch (decision) {
            case GO -> Sign.GOOD;
            case NO_GO -> Sign.BAD;
            case INCONCLUSIVE -> Sign.OPEN;
        };
    }

    private static String word(Verdict.Decision decision) {
        return decision.name().replace('_', '-');
    }

    private static String recovery(RunSummary run) {
        Figures figures = run.figures();
        if (figures.recovery().isPresent()) {
            return Words.against(figures.recovery().getAsLong(), figures.recoveryBudget());
        }
        boolean failed = run.verdict().rollback() == RollbackFinding.FAILED;
        return (failed ? "not recovered" : Words.NOT_MEASURED) + ", budget " + Words.duration(figures.recoveryBudget());
    }

    private static String gauge(Figures figures) {
        return figures.recovery().isPresent()
                ? Gauge.draw(figures.recovery().getAsLong(), figures.recoveryBudget())
                : "";
    }

    private static String gain(PlanReading plan) {
        return plan.isKept() ? Words.duration(plan.medianGainNanos()) + " faster" : plan.decision();
    }

    private int gravity() {
        return switch (word) {
            case "NO-GO" -> 0;
            case NO_VERDICT -> 1;
            case "INCONCLUSIVE" -> 2;
            default -> 3;
        };
    }

    /// Whether the expectation came true, in words; a dash without one.
    public String expected() {
        return expectation
                .map(each -> each.expected() + ": " + (each.met() ? "met" : "unmet"))
                .orElse(NONE);
    }
}
