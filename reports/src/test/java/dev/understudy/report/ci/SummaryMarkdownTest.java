package dev.understudy.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.RunJson;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.report.Summaries;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.comparison.RunFacts;
import dev.understudy.report.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryMarkdownTest {

    @Test
    void theVerdictComesFirstThenTheTableFindingsBaselineAndBetterOrder() {
        String text = render(List.of(full(Summaries.noGoChange(), "rollback:\n  order: ready\n")));

        assertThat(text).startsWith("## ❌ Understudy: NO-GO\n\n1 NO-GO · expectations: 1 met, 0 unmet\n\n| Verdict |");
        assertThat(List.of("| Verdict |", "### Findings", "### Against the baseline", "<details><summary>Better order"))
                .isSortedAccordingTo(java.util.Comparator.comparingInt(text::indexOf))
                .allMatch(text::contains);
        assertThat(text)
                .contains("| ❌ **NO-GO** | orders-2.0<br><code>scenarios/shop/orders-2.0.yaml</code> | With payments")
                .contains("| 9.24 s of 30 s | 0 | REVERSIBLE | 3.1 s faster | NO\\_GO: met |")
                .contains(
                        "- **error** rule-broken · <code>scenarios/shop/orders-2.0.yaml:31:5</code> · Rule slow broke")
                .contains("is worse: verdict, change, rule slow")
                .contains("- verdict: GO → NO\\_GO, worse")
                .contains("</summary>\n\n```yaml\nrollback:\n  order: ready\n```\n\n</details>");
    }

    @Test
    void nothingIsSaidOfWhatIsNotThere() {
        assertThat(render(List.of(SuiteEntry.judged("a.yaml", Summaries.goByDrill(), "r", 0))))
                .doesNotContain("baseline", "<details>", "left out");
        assertThat(render(List.of())).isEqualTo("## ❔ Understudy: Nothing was rehearsed\n\nnothing was expected\n\n");
    }

    @Test
    void howeverLargeTheSuiteTheSummaryFitsAndSaysWhatIsMissing() {
        List<SuiteEntry> many = new ArrayList<>();
        for (int n = 0; n < 120; n++) {
            many.add(full(
                    n % 2 == 0 ? Summaries.goByDrill() : Summaries.hostile("<@|`*&>\u2028😀".repeat(300) + n),
                    "# order " + n + "\n" + "x".repeat(900)));
        }

        String text = render(many);

        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(40_000, SummaryMarkdown.LIMIT);
        assertThat(text)
                .containsPattern(
                        "_[0-9]{2,3} scenarios are left out here, because a summary may have 60 kB: suite.html")
                .containsPattern("findings are left out here, .*: hazards.sarif has all")
                .containsPattern("comparisons are left out here, .*: report.html of each run")
                .containsPattern("better orders are left out here, .*: plan.yaml of each run");
    }

    @Test
    void aSingleBetterOrderThatIsTooLongIsNamed() {
        String text = render(List.of(full(Summaries.noGoChange(), "x".repeat(70_000))));

        assertThat(text).contains("_1 better order is left out here").hasSizeLessThan(10_000);
    }

    @Test
    void textFromOutsideIsNoMarkup() {
        String text = render(List.of(SuiteEntry.judged(
                "a|b.yaml", Summaries.hostile("<img src=x> | @team `x` [a](http://b)\n## no"), "r", 1)));

        assertThat(text)
                .doesNotContain("<img", " | @team", "@team", "[a]", "\n## no")
                .contains("&lt;img src=x&gt; \\| @\u2060team \\`x\\` \\[a\\]\\(http://b\\) \\#\\# no");
    }

    @Test
    void noCodeCanEndItsBlock() {
        assertThat(Markdown.block("yaml", "a: ```\nb: ````")).isEqualTo("`````yaml\na: ```\nb: ````\n`````\n");
    }

    @Test
    void anAcceptedOneWayIsSaidBesideTheVerdict() {
        assertThat(render(List.of(SuiteEntry.judged("a.yaml", Summaries.oneWay(true), "r", 3))))
                .contains("**ONE_WAY accepted:** “Orders are re-created from the event log”, by K. Vogt");
    }

    private static SuiteEntry full(RunSummary run, String plan) {
        Comparison comparison = Comparison.of(
                RunFacts.read("a", RunJson.render(Summaries.goByDrill())), RunFacts.read("b", RunJson.render(run)));
        return new SuiteEntry(
                Summaries.FILE,
                new Outcome.Judged(run, "report.html", List.of(), Optional.of(plan), Optional.of(comparison)),
                1);
    }

    private static String render(List<SuiteEntry> entries) {
        return SummaryMarkdown.render(entries, Findings.of(entries, path -> path));
    }
}
