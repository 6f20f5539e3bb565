package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictLineTest {

    @Test
    void theLastLineNamesVerdictRuleNumberPlaceAndReport() {
        assertThat(VerdictLine.render(Summaries.noGoChange(), "rehearsals/1/report.html"))
                .isEqualTo("NO_GO · slow: 2.31 s of 400 ms · scenarios/shop/orders-2.0.yaml:34:5 · "
                        + "report rehearsals/1/report.html");
    }

    @Test
    void withoutANumberTheReasonStands() {
        assertThat(VerdictLine.render(Summaries.inconclusive(), "r.html"))
                .isEqualTo("INCONCLUSIVE · slow: Rule slow had no data for 12 s: fewer than 100 requests in its window."
                        + " · scenarios/shop/orders-2.0.yaml:31:5 · report r.html");
    }

    @Test
    void anAcceptanceStandsAboveTheVerdict() {
        assertThat(VerdictLine.above(Summaries.oneWay(true)))
                .contains("ONE_WAY accepted: “Orders are re-created from the event log”, by K. Vogt, until 2026-12-31");
        assertThat(VerdictLine.above(Summaries.oneWay(false))).isEmpty();
        assertThat(VerdictLine.above(Summaries.hostile("a\nb\u001b[31m")).orElseThrow())
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void itIsOneLineWithoutEscapesWhateverTheTextHolds() {
        assertThat(VerdictLine.render(Summaries.hostile("a\nb\u001b[31m"), "r.html"))
                .doesNotContain("\n", "\u001b")
                .startsWith("NO_GO · a b [31m: a b [31m");
    }
}
