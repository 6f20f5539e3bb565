package dev.understudy.report;

import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.report.drawing.Sign;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How all scenarios of a command came out together.
public record SuiteTotals(int all, int go, int noGo, int inconclusive, int noVerdict, int met, int unmet) {

    /// Counts lines.
    public static SuiteTotals of(List<SuiteLine> lines) {
        List<ExpectationReading> expected = lines.stream()
                .map(SuiteLine::expectation)
                .flatMap(Optional::stream)
                .toList();
        int met = (int) expected.stream().filter(ExpectationReading::met).count();
        return new SuiteTotals(
                lines.size(),
                with(lines, "GO"),
                with(lines, "NO-GO"),
                with(lines, "INCONCLUSIVE"),
                with(lines, "NO VERDICT"),
                met,
                expected.size() - met);
    }

    private static int with(List<SuiteLine> lines, String word) {
        return (int) lines.stream().filter(line -> line.word().equals(word)).count();
    }

    /// Good only if all are GO, and there is one.
    public Sign sign() {
        return noGo > 0 ? Sign.BAD : all > 0 && go == all ? Sign.GOOD : Sign.OPEN;
    }

    /// The headline: `NO-GO: 1 of 3 scenarios is GO`.
    public String headline() {
        if (all == 0) {
            return "Nothing was rehearsed";
        }
        String word = noGo > 0 ? "NO-GO" : noVerdict > 0 ? "NO VERDICT" : inconclusive > 0 ? "INCONCLUSIVE" : "GO";
        return all == 1
                ? word
                : word + ": " + go + " of " + Words.count(all, "scenario") + (go == 1 ? " is GO" : " are GO");
    }

    /// The counts that are not 0: `1 GO · 2 NO-GO · expectations: 2 met, 1 unmet`.
    public String counts() {
        List<String> parts = new ArrayList<>();
        add(parts, go, "GO");
        add(parts, noGo, "NO-GO");
        add(parts, inconclusive, "INCONCLUSIVE");
        add(parts, noVerdict, "without a verdict");
        parts.add(met + unmet == 0 ? "nothing was expected" : "expectations: " + met + " met, " + unmet + " unmet");
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(Words.count(count) + " " + word);
        }
    }
}
