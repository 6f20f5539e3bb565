package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.report.SuiteEntry.Cause;
import dev.understudy.report.SuiteEntry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SuiteHtmlTest {
    private static final Pattern TAG = Pattern.compile("<[a-z][^>]*>", Pattern.CASE_INSENSITIVE);
    private static final String RUN = "20261121-114512-orders-2.0";

    @Test
    void everyScenarioHasALineWithItsFiguresGravestFirst() {
        List<String> rows = rows(SuiteHtml.render(mixed(), "another"));

        assertThat(rows).hasSize(4);
        assertThat(rows.get(0))
                .contains("NO-GO", "orders 2.0 broke rule slow", "9.24 s of 30 s", "REVERSIBLE", "3.1 s faster")
                .contains("NO_GO: met");
        assertThat(rows.get(1)).contains("b.yaml", "NO VERDICT", "environment: disk full");
        assertThat(rows.get(2)).contains("INCONCLUSIVE", "not measured, budget 30 s", "not checked");
        assertThat(rows.get(3)).contains("GO: met");
    }

    @Test
    void totalsStandAbove() {
        assertThat(Markup.textOf(SuiteHtml.render(mixed(), "another")))
                .contains("NO-GO: 1 of 4 scenarios is GO")
                .contains("1 GO · 1 NO-GO · 1 INCONCLUSIVE · 1 without a verdict · expectations: 3 met, 0 unmet");
        assertThat(Markup.textOf(SuiteHtml.render(List.of(judged(Summaries.goByDrill())), RUN)))
                .contains("1 GO · expectations: 1 met, 0 unmet");
        assertThat(Markup.textOf(SuiteHtml.render(List.of(judged(Summaries.hostile("x"))), RUN)))
                .contains("1 NO-GO · expectations: 0 met, 1 unmet");
        assertThat(Markup.textOf(SuiteHtml.render(List.of(), RUN))).contains("Nothing was rehearsed");
    }

    @Test
    void linksLeadToTheReportsBesideIt() {
        assertThat(SuiteHtml.render(mixed(), "another")).contains("<a href=\"../" + RUN + "/report.html\">");
        assertThat(SuiteHtml.render(mixed(), RUN)).contains("<a href=\"report.html\">");
        assertThat(SuiteHtml.render(List.of(prevented()), RUN)).doesNotContain("report.html");
    }

    @Test
    void whatIsLeftBehindIsSaid() {
        SuiteEntry entry = new SuiteEntry(
                "a.yaml", new Outcome.Judged(Summaries.goByDrill(), "report.html", List.of("a namespace")), 5);

        assertThat(Markup.textOf(SuiteHtml.render(List.of(entry), RUN))).contains("Left behind: 1 thing.");
    }

    @Test
    void thePageIsOneSelfContainedFileWithoutScript() {
        List<SuiteEntry> entries = new ArrayList<>(mixed());
        entries.add(judged(Summaries.hostile("<script>alert(1)</script>\"'&")));

        String html = SuiteHtml.render(entries, RUN);

        assertThat(html)
                .startsWith("<!doctype html>")
                .isEqualTo(SuiteHtml.render(entries, RUN))
                .doesNotContain("@import", "url(", "<script", "<iframe", "<img");
        for (String tag : Markup.all(TAG, html)) {
            assertThat(tag).doesNotContainPattern("\\s(src|srcset|action|data|poster|on[a-z]+)=");
            assertThat(tag.replaceAll("href=\"(data:|\\.\\./|(report|summary|junit|hazards|metrics|suite)\\.)", ""))
                    .doesNotContain("href=");
        }
        assertThat(Markup.all(Pattern.compile("<th(?![a-z])[^>]*>"), html)).allMatch(th -> th.contains("scope="));
        Markup.drawings(html).forEach(drawing -> assertThat(drawing).contains("aria-hidden=\"true\""));
        assertThat(Markup.textOf(html)).contains("<script>alert(1)</script>");
    }

    private static List<String> rows(String html) {
        return Markup.all(Pattern.compile("<tr><th scope=\"row\">.*?</tr>", Pattern.DOTALL), html).stream()
                .map(Markup::textOf)
                .toList();
    }

    private static List<SuiteEntry> mixed() {
        return List.of(
                judged(Summaries.goByDrill()),
                judged(Summaries.inconclusive()),
                prevented(),
                judged(Summaries.noGoChange()));
    }

    private static SuiteEntry prevented() {
        return SuiteEntry.prevented("b.yaml", Cause.ENVIRONMENT, "disk full\nof the arm", Optional.empty(), 4);
    }

    private static SuiteEntry judged(dev.understudy.analysis.RunSummary run) {
        return SuiteEntry.judged(Summaries.FILE, run, "rehearsals/x/report.html", 0);
    }
}
