package dev.understudy.report.comparison;

import dev.understudy.report.comparison.Row.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/// Two runs side by side: verdicts, key figures, rules and steps, each with what became of it. Immutable; it
/// says nothing of the verdict of either run.
///
/// @param notes why the two are not quite comparable, one sentence each
public record Comparison(RunFacts before, RunFacts after, List<Row> rows, List<String> notes) {

    /// Holds a later run against an earlier one.
    public static Comparison of(RunFacts before, RunFacts after) {
        return new Comparison(before, after, new Rows(before, after).all(), Likeness.notes(before, after));
    }

    /// Whether anything got worse.
    public boolean isWorse() {
        return !rows(Outcome.WORSE).isEmpty();
    }

    /// The rows that came out so.
    public List<Row> rows(Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).toList();
    }

    /// In one line: `worse: verdict, recovery; better: step orders`, or that nothing is worse.
    public String inOneLine() {
        String worse = names(Outcome.WORSE);
        String better = names(Outcome.BETTER);
        String said = worse.isEmpty() ? "no worse" : "worse: " + worse;
        return better.isEmpty() ? said : said + "; better: " + better;
    }

    private String names(Outcome outcome) {
        return rows(outcome).stream().map(Row::what).collect(Collectors.joining(", "));
    }
}
