package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The last line of a command: verdict, the rule that decided, number against budget, where that is written,
/// and where the report is. Pure and thread-safe.
public final class VerdictLine {

    private VerdictLine() {}

    /// What stands above the verdict: who answers for there being no way back. Empty if nobody has to, or the
    /// acceptance expired.
    public static Optional<String> above(RunSummary run) {
        return run.acceptedOneWay().map(accepted -> oneLine("ONE_WAY accepted: " + accepted));
    }

    /// One line without a line break: `NO_GO · recovery: 31.2 s of 30 s · shop.yaml:34:5 · report PATH`. Where
    /// no number decided, the reason stands in its place.
    public static String render(RunSummary run, String reportPath) {
        Verdict verdict = run.verdict();
        List<String> parts = new ArrayList<>();
        parts.add(verdict.decision().name());
        String measure = verdict.measure().isBlank() ? verdict.reason() : verdict.measure();
        parts.add(verdict.decidedBy().map(by -> by + ": " + measure).orElse(measure));
        verdict.place().ifPresent(place -> parts.add(place.toString()));
        parts.add("report " + reportPath);
        return oneLine(String.join(" · ", parts));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
