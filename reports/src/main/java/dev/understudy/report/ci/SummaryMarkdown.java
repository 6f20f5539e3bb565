package dev.understudy.report.ci;

import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.report.SuiteLine;
import dev.understudy.report.SuiteTotals;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.comparison.Row;
import dev.understudy.report.drawing.Sign;
import dev.understudy.report.finding.Finding;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Renders all scenarios of a command as Markdown for merge requests and step summaries: the verdict, one table,
/// findings, what is worse than the baseline, better orders. Never longer than [#LIMIT]; what had to be left out
/// is said where it is missing. Pure and thread-safe.
public final class SummaryMarkdown {

    /// The most bytes in UTF-8. GitHub takes 1 MiB a step, and drops what comes near to it.
    public static final int LIMIT = 60_000;

    // how far each part may fill the whole; between them is room for the sentences that say what is missing
    private static final int TABLE_UP_TO = 26_000;
    private static final int FINDINGS_UP_TO = 40_000;
    private static final int BASELINE_UP_TO = 46_000;
    private static final int ORDERS_UP_TO = 59_000;

    private final List<SuiteEntry> entries;
    private final List<Finding> findings;
    private final BoundedText text = new BoundedText();

    private SummaryMarkdown(List<SuiteEntry> entries, List<Finding> findings) {
        this.entries = entries;
        this.findings = findings;
    }

    /// The whole file.
    /// @param findings of these scenarios, gravest first
    public static String render(List<SuiteEntry> entries, List<Finding> findings) {
        SummaryMarkdown summary = new SummaryMarkdown(entries, findings);
        summary.verdicts();
        summary.findings();
        summary.baselines();
        summary.betterOrders();
        return summary.text.toString();
    }

    private void verdicts() {
        List<SuiteLine> lines = SuiteLine.all(entries);
        SuiteTotals totals = SuiteTotals.of(lines);
        text.add("## " + mark(totals.sign()) + " Understudy: " + Markdown.text(totals.headline()) + "\n\n"
                + totals.counts() + "\n\n");
        if (lines.isEmpty()) {
            return;
        }
        text.add("| Verdict | Scenario | Why | Recovery | Lost | Way back | Better order | Expected |\n");
        text.add("|---|---|---|---:|---:|---|---|---|\n");
        List<String> rows = lines.stream().map(SummaryMarkdown::row).toList();
        int left = fill(rows, TABLE_UP_TO);
        text.add("\n");
        sayLeftOut(left, "scenario", "suite.html and suite.json have all");
        for (SuiteEntry entry : entries) {
            if (entry.outcome() instanceof Outcome.Judged judged) {
                judged.run()
                        .acceptedOneWay()
                        .ifPresent(accepted ->
                                text.addWithin(TABLE_UP_TO, "**ONE_WAY accepted:** " + shown(accepted, 400) + "\n\n"));
            }
        }
    }

    private static String row(SuiteLine line) {
        return "| " + mark(line.sign()) + " **" + Markdown.text(line.word()) + "** | " + shown(line.scenario(), 80)
                + "<br>" + Markdown.code(Words.shorten(line.file(), 80)) + " | " + shown(line.reason(), 300) + " | "
                + shown(line.recovery(), 60) + " | " + shown(line.lost(), 30) + " | " + shown(line.wayBack(), 40)
                + " | " + shown(line.gain(), 60) + " | " + shown(line.expected(), 60) + " |\n";
    }

    private void findings() {
        if (findings.isEmpty()) {
            return;
        }
        text.add("### Findings\n\n");
        int left = fill(
                findings.stream()
                        .map(finding -> "- **" + finding.level().word() + "** "
                                + finding.kind().id() + " · "
                                + Markdown.code(Words.shorten(finding.place().toString(), 120)) + " · "
                                + shown(finding.message(), 300) + "\n")
                        .toList(),
                FINDINGS_UP_TO);
        text.add("\n");
        sayLeftOut(left, "finding", "hazards.sarif has all");
    }

    private void baselines() {
        List<String> compared = new ArrayList<>();
        for (SuiteEntry entry : entries) {
            if (entry.outcome() instanceof Outcome.Judged judged) {
                judged.comparison().ifPresent(comparison -> compared.add(baseline(comparison)));
            }
        }
        if (compared.isEmpty()) {
            return;
        }
        text.add("### Against the baseline\n\n");
        int left = fill(compared, BASELINE_UP_TO);
        sayLeftOut(left, "comparison", "report.html of each run has it");
    }

    private static String baseline(Comparison comparison) {
        StringBuilder said = new StringBuilder("**"
                + shown(comparison.after().identity().scenario(), 80) + "** is "
                + shown(comparison.inOneLine(), 300) + " (baseline "
                + Markdown.code(Words.shorten(comparison.before().identity().runId(), 80))
                + "; it changes no verdict)\n\n");
        for (Row.Outcome outcome : List.of(Row.Outcome.WORSE, Row.Outcome.BETTER)) {
            comparison.rows(outcome).stream()
                    .limit(12)
                    .forEach(row -> said.append("- ")
                            .append(shown(row.what(), 60))
                            .append(": ")
                            .append(shown(row.before(), 60))
                            .append(" → ")
                            .append(shown(row.after(), 60))
                            .append(", ")
                            .append(shown(row.said(), 120))
                            .append('\n'));
        }
        comparison
                .notes()
                .forEach(
                        note -> said.append("- note: ").append(shown(note, 200)).append('\n'));
        return said.append('\n').toString();
    }

    private void betterOrders() {
        List<String> orders = new ArrayList<>();
        for (SuiteEntry entry : entries) {
            if (entry.outcome() instanceof Outcome.Judged judged) {
                Optional<String> order = judged.betterOrder();
                order.ifPresent(yaml -> orders.add("<details><summary>Better order of the rollback of "
                        + shown(judged.run().identity().scenario(), 80) + "</summary>\n\n"
                        + Markdown.block("yaml", yaml) + "\n</details>\n\n"));
            }
        }
        int left = fill(orders, ORDERS_UP_TO);
        sayLeftOut(left, "better order", "plan.yaml of each run has it");
    }

    /// Adds as many as fit; returns how many were left out.
    private int fill(List<String> pieces, int upTo) {
        for (int n = 0; n < pieces.size(); n++) {
            if (!text.addWithin(upTo, pieces.get(n))) {
                return pieces.size() - n;
            }
        }
        return 0;
    }

    private void sayLeftOut(int left, String thing, String where) {
        if (left > 0) {
            text.add("_" + Words.count(left, thing) + (left == 1 ? " is" : " are") + " left out here, because a summary"
                    + " may have " + LIMIT / 1000 + " kB: " + where + "._\n\n");
        }
    }

    private static String shown(String words, int limit) {
        return Markdown.text(Words.shorten(words, limit));
    }

    private static String mark(Sign sign) {
        return switch (sign) {
            case GOOD -> "✅";
            case BAD -> "❌";
            case OPEN -> "❔";
            case PLAIN -> "";
        };
    }
}
