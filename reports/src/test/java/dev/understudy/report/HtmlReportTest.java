package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.words.Words;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

    private static final Pattern TAG = Pattern.compile("<[a-z][^>]*>", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "go-by-drill",
                "no-go-change",
                "no-go-loss",
                "one-way",
                "one-way-accepted",
                "inconclusive",
                "hostile",
                "no-series",
                "large"
            })
    void everyReportIsOneSelfContainedFileThatNeedsNoScript(String name) {
        String html = html(name);

        assertThat(Markup.withoutZoom(html))
                .startsWith("<!doctype html>")
                .doesNotContain("@import", "url(", "<script", "<iframe", "<img");
        for (String tag : Markup.all(TAG, html)) {
            assertThat(tag).doesNotContainPattern("\\s(src|srcset|action|data|poster|on[a-z]+)=");
            assertThat(tag.replaceAll("href=\"(#|data:)", "")).doesNotContain("href=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-go-change", "hostile", "inconclusive", "large"})
    void theSameSummaryGivesTheSameBytes(String name) {
        assertThat(html(name)).isEqualTo(html(name));
    }

    @Test
    void aNormalRunFitsIntoOneHundredAndFiftyKilobytes() {
        byte[] bytes = html("large").getBytes(StandardCharsets.UTF_8);

        assertThat(bytes.length).isLessThanOrEqualTo(150_000);
    }

    @Test
    void anHourWithFiftyServicesFitsIntoFiveHundredKilobytesAndKeepsItsPeaks() {
        String html = html("hour");

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(500_000);
        long worst = Summaries.hour().series().stream()
                .flatMap(arm -> arm.points().stream())
                .mapToLong(RunSummary.Point::p99)
                .max()
                .orElseThrow();
        assertThat(Markup.textOf(html)).contains(Words.duration(worst)).contains("47 more services");
    }

    @Test
    void theZoomHoldsEverySecondAndIsHiddenUntilAScriptShowsIt() throws Exception {
        String html = html("no-go-change");
        String packed = Markup.all(Pattern.compile("(?<=id=\"zoom-packed\">)[^<]*"), html)
                .getFirst();
        byte[] bytes = Base64.getDecoder().decode(packed);
        String unpacked;
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true))) {
            unpacked = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        List<String> parts = List.of(unpacked.split("\0", -1));
        assertThat(html).contains("<details id=\"zoom\" hidden>");
        assertThat(html("no-series")).doesNotContain("zoom-packed");
        assertThat(parts).hasSize(4);
        assertThat(parts.get(1)).contains("uPlot (v1.6.32)");
        assertThat(parts.get(3))
                .startsWith("{\"arms\":[\"candidate\",\"control\"]")
                .contains("detected");
    }

    @Test
    void theOrderAsConfiguredStandsAboveTheProposedOneOnOneScale() {
        String chart = Markup.drawings(html("no-go-change")).stream()
                .filter(drawing -> drawing.contains("id=\"gantt-compared-t\""))
                .findFirst()
                .orElseThrow();

        assertThat(Markup.textOf(chart))
                .containsSubsequence("As configured", "recovered after 9.24 s", "As proposed", "median of 3 pairs")
                .containsOnlyOnce("budget 30 s");
        assertThat(html("go-by-drill")).contains("gantt-compared");
        assertThat(html("one-way")).doesNotContain("gantt-compared");
    }

    @Test
    void theReachOfTheChangeIsDrawnAndSaid() {
        String html = html("no-go-change");

        assertThat(Markup.textOf(html))
                .contains("1 of 4 services that were not changed and could be measured answered otherwise")
                .contains("users → gateway slower 1,043 1,043 4.1 % 0 % 2.31 s 88 ms");
        String chart = Markup.drawings(html).stream()
                .filter(drawing -> drawing.contains("id=\"reach-t\""))
                .findFirst()
                .orElseThrow();
        assertThat(Markup.textOf(chart)).contains("users", "gateway affected", "orders changed", "not affected");
        assertThat(Markup.textOf(html("inconclusive"))).contains("How far the change reached Not measured.");
    }

    @Test
    void profilesShowBothArmsByPhase() {
        String html = html("no-go-change");

        assertThat(Markup.textOf(html))
                .contains("Profiles of 5 services, in both arms")
                .contains("Measure baseline change rollback recovery candidate control candidate control")
                .contains("Restarts 0 0 2, 1 by itself 1 1 0 0 0")
                .contains("no sample");
        assertThat(Markup.all(Pattern.compile("class=\"spark\""), html)).hasSize(4 * 5);
        assertThat(Markup.textOf(html("inconclusive"))).contains("What processes used Not measured.");
    }

    @Test
    void theFirstScreenAnswersTheEightQuestions() {
        assertThat(firstScreen("no-go-change"))
                .contains("NO-GO With payments 400 ms slower, orders 2.0 broke rule slow")
                .contains("Decided by slow : 2.31 s of 400 ms · scenarios/shop/orders-2.0.yaml:34:5")
                .contains("Rollback until recovered 9.24 s of 30 s")
                .contains("Time to detect 2.31 s by rule slow")
                .contains("Downtime 1.2 s of 5 s")
                .contains("Data 0 lost 14 unserved")
                .contains("98.4 % of writes compared")
                .contains("Bottleneck orders 48 % of the rollback")
                .contains("Better order 3.1 s faster median of 3 pairs")
                .contains("orders version 1.0 → 2.0 3f2a9c1e77b0 → 81bd77f0a9e2");
    }

    @Test
    void whatIsUnknownIsSaidSoAndNeverZero() {
        assertThat(firstScreen("inconclusive"))
                .contains("INCONCLUSIVE Rule slow had no data for 12 s")
                .contains("Rollback until recovered Not measured of 30 s no evidence")
                .contains("Time to detect Not measured")
                .contains("Downtime Not measured")
                .contains("Data Not checked lost and unserved writes not checked")
                .contains("Bottleneck Not measured")
                .contains("Better order None proposed")
                .contains("Not checked 4 things")
                .doesNotContain(" 0 lost", " 0 s", "0 %");
        assertThat(Markup.textOf(html("inconclusive")))
                .contains("the rollback was not measured")
                .contains("Not checked: no service's data was compared.")
                .contains("Not checked: no ledger entry was read back.")
                .contains("route DELETE gateway/orders/{id}: no traffic reached it");
    }

    @Test
    void aDrillSaysThatNothingBroke() {
        assertThat(firstScreen("go-by-drill"))
                .contains("GO No rule broke in 30 s")
                .contains("PROVEN by drill")
                .contains("Time to detect No breach no rule broke; rolled back as a drill");
    }

    @Test
    void aLossIsCountedAgainstItsBudget() {
        assertThat(firstScreen("go-with-allowed-loss")).contains("Data 2 lost 14 unserved within the 5 allowed");
        assertThat(firstScreen("no-go-loss"))
                .contains("Data 37 lost 14 unserved more than the 0 allowed")
                .contains("REVERSIBLE_WITH_LOSS: 37 rows over 8.4 s")
                .contains("No clear gain");
    }

    @Test
    void anAcceptedOneWayStandsAboveTheVerdict() {
        String html = html("one-way-accepted");

        assertThat(html.indexOf("ONE_WAY accepted")).isPositive().isLessThan(html.indexOf("id=\"verdict\""));
        assertThat(html("one-way")).doesNotContain("ONE_WAY accepted").contains("Not recovered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-go-change", "one-way", "inconclusive", "hostile", "no-series", "large"})
    void headingsTablesAndDrawingsCanBeReadAloud(String name) {
        String html = html(name);

        int level = 0;
        for (String heading : Markup.all(Pattern.compile("<h[1-6]"), html)) {
            int next = heading.charAt(2) - '0';
            assertThat(next).isLessThanOrEqualTo(level + 1);
            level = next;
        }
        assertThat(Markup.all(Pattern.compile("<th(?![a-z])[^>]*>"), html)).allMatch(th -> th.contains("scope="));
        for (String drawing : Markup.drawings(html)) {
            assertThat(drawing).containsPattern("aria-hidden=\"true\"|<title id=.*<desc id=");
            Markup.parse(drawing);
        }
        Set<String> ids = new HashSet<>();
        assertThat(Markup.all(Pattern.compile("\\sid=\"[^\"]*\""), html)).allMatch(ids::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-go-change", "large", "one-way"})
    void everyFigureHasATableTwin(String name) {
        for (String after : html(name).split("<figure", -1)) {
            int end = after.indexOf("</figure>");
            if (end > 0) {
                assertThat(after.substring(end)).contains("<details", "<table");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-go-change", "one-way", "large", "go-by-drill"})
    void everySectionIsThere(String name) {
        assertThat(html(name))
                .contains(List.of(
                        "id=\"rollback\"",
                        "id=\"order\"",
                        "id=\"users\"",
                        "id=\"reach\"",
                        "id=\"profiles\"",
                        "id=\"rules\"",
                        "id=\"data\"",
                        "id=\"unchecked\"",
                        "id=\"changes\"",
                        "id=\"fidelity\"",
                        "id=\"deviations\"",
                        "id=\"conditions\"",
                        "id=\"again\""));
        assertThat(Markup.textOf(html(name)))
                .contains("./understudy rehearse scenarios/shop/orders-2.0.yaml --seed 42")
                .contains("POST http://127.0.0.1:18080/admin/drain → 200")
                .contains("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752")
                .contains("environment.CACHE")
                .contains("3 × live 200, control 404");
    }

    @Test
    void textFromOutsideStaysText() {
        String html = html("hostile");

        assertThat(Markup.withoutZoom(html))
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("alert(1)</");
        assertThat(Markup.textOf(html)).contains("<script>alert(1)</script>\"'&");
    }

    @Test
    void aRunWithoutRequestsHasNoChartButSaysWhy() {
        assertThat(html("no-series"))
                .contains("no request was recorded in either arm")
                .doesNotContain("id=\"users-t\"");
    }

    @Test
    void failedAttemptsAreNamedWithTheirCommandAndOutput() {
        assertThat(Markup.textOf(html("one-way")))
                .contains("attempt 1: timed out after 3 s")
                .contains("attempt 2: failed after 1.3 s")
                .contains("orders: unknown column channel")
                .contains("announce")
                .contains("did not run");
    }

    private static String html(String name) {
        RunSummary run = Summaries.all().get(name);
        return HtmlReport.render(run);
    }

    private static String firstScreen(String name) {
        String html = html(name);
        return Markup.textOf(html.substring(0, html.indexOf("<nav")));
    }
}
