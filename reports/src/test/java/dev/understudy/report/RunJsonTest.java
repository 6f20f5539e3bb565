package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.SuiteEntry.Cause;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunJsonTest {

    @Test
    void everythingOfTheSummaryIsThere() {
        JsonNode summary = parse(RunJson.render(Summaries.noGoChange())).get("summary");

        List<String> names = Arrays.stream(RunSummary.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(summary.propertyNames()).containsExactlyElementsOf(names);
        assertThat(summary.at("/figures/recovery").asLong()).isEqualTo(9_240_000_000L);
        assertThat(summary.at("/steps/0/attempts/0/literal").asString()).startsWith("POST http");
        assertThat(summary.at("/plan/pairs").size()).isEqualTo(3);
        assertThat(summary.at("/series/1/points").size()).isEqualTo(62);
        assertThat(summary.at("/verdict/place").asString()).isEqualTo("scenarios/shop/orders-2.0.yaml:34:5");
        assertThat(summary.at("/marks/0/kind").asString()).isEqualTo("CHANGE");
    }

    @Test
    void theFileSaysWhatItIs() {
        JsonNode file = parse(RunJson.render(Summaries.goByDrill()));

        assertThat(file.get("schema").asInt()).isEqualTo(1);
        assertThat(file.get("kind").asString()).isEqualTo("understudy-run");
    }

    @Test
    void whatWasNotMeasuredIsNullAndNotZero() {
        JsonNode figures = parse(RunJson.render(Summaries.inconclusive())).at("/summary/figures");

        assertThat(figures.get("recovery").isNull()).isTrue();
        assertThat(figures.get("lost").isNull()).isTrue();
        assertThat(figures.get("writesCompared").isNull()).isTrue();
        assertThat(figures.get("detectedBy").isNull()).isTrue();
    }

    @Test
    void theWayBackIsAWordWithItsFigures() {
        assertThat(parse(RunJson.render(Summaries.noGoLoss())).at("/summary/verdict/reversibility"))
                .isEqualTo(parse("{\"word\":\"REVERSIBLE_WITH_LOSS\",\"rows\":37,\"seconds\":8.4}"));
        assertThat(parse(RunJson.render(Summaries.oneWay(false)))
                        .at("/summary/verdict/reversibility/word")
                        .asString())
                .isEqualTo("ONE_WAY");
    }

    @Test
    void theSameSummaryGivesTheSameBytesAndSortedMaps() {
        String json = RunJson.render(Summaries.noGoChange());

        assertThat(json).isEqualTo(RunJson.render(Summaries.noGoChange())).endsWith("}\n");
        assertThat(json.indexOf("\"cpus\"")).isLessThan(json.indexOf("\"memory\""));
        assertThat(json.indexOf("\"memory\"")).isLessThan(json.indexOf("\"os\""));
    }

    @Test
    void hostileTextComesBackAsItWas() {
        String text = "<script>\"\\\n\u0000\u2028'😀";

        JsonNode summary = parse(RunJson.render(Summaries.hostile(text))).get("summary");

        assertThat(summary.at("/verdict/reason").asString()).isEqualTo(text);
    }

    @Test
    void theSuiteNamesVerdictOrProblemOfEveryScenario() {
        JsonNode scenarios = parse(SuiteJson.render(List.of(
                        SuiteEntry.judged("a.yaml", Summaries.noGoChange(), "rehearsals/1/report.html", 1),
                        SuiteEntry.prevented("b.yaml", Cause.ENVIRONMENT, "disk full", Optional.empty(), 4))))
                .get("scenarios");

        assertThat(scenarios.get(0).at("/verdict/decision").asString()).isEqualTo("NO_GO");
        assertThat(scenarios.get(0).get("expectation").asString()).isEqualTo("met");
        assertThat(scenarios.get(0).get("report").asString()).isEqualTo("rehearsals/1/report.html");
        assertThat(scenarios.get(0).get("runId").asString()).isEqualTo("20261121-114512-orders-2.0");
        assertThat(scenarios.get(0).get("exitCode").asInt()).isEqualTo(1);
        assertThat(scenarios.get(1).get("verdict").isNull()).isTrue();
        assertThat(scenarios.get(1).at("/problem/cause").asString()).isEqualTo("environment");
        assertThat(scenarios.get(1).at("/problem/message").asString()).isEqualTo("disk full");
        assertThat(scenarios.get(1).get("exitCode").asInt()).isEqualTo(4);
    }

    @Test
    void everySummaryBecomesJson() {
        for (Map.Entry<String, RunSummary> summary : Summaries.all().entrySet()) {
            assertThat(parse(RunJson.render(summary.getValue()))
                            .at("/summary/verdict/decision")
                            .asString())
                    .as(summary.getKey())
                    .isEqualTo(summary.getValue().verdict().decision().name());
        }
    }

    private static JsonNode parse(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
