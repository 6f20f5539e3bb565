package dev.understudy.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.report.Summaries;
import dev.understudy.scenario.ScenarioException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFactsTest {

    @Test
    void aRunFileGivesBackWhatTheSummaryHeld() {
        RunFacts facts = Runs.of(Summaries.noGoLoss());

        assertThat(facts.identity().scenario()).isEqualTo("orders-2.0");
        assertThat(facts.identity().sources()).containsKey("topology/shop.yaml");
        assertThat(facts.found().decision()).isEqualTo(Decision.NO_GO);
        assertThat(facts.found().wayBack()).isEqualTo("REVERSIBLE_WITH_LOSS");
        assertThat(facts.figures().recovery()).hasValue(9_240_000_000L);
        assertThat(facts.figures().lost()).hasValue(37);
        assertThat(facts.trials().count()).isEqualTo(2);
        assertThat(facts.trials().recoveries()).isEqualTo(List.of(9_240_000_000L, 9_400_000_000L));
        assertThat(facts.rules()).extracting(RunFacts.Rule::broke).containsExactly(false, true);
        assertThat(facts.steps()).extracting(RunFacts.Step::id).contains("drain", "undrain");
        assertThat(facts.steps().getFirst().took()).hasValue(330_000_000L);
        assertThat(facts.perSecond()).isEqualTo(104.2);
    }

    @Test
    void whatWasNotMeasuredIsEmptyAndNotZero() {
        RunFacts facts = Runs.of(Summaries.inconclusive());

        assertThat(facts.figures().recovery()).isEmpty();
        assertThat(facts.figures().lost()).isEmpty();
        assertThat(facts.rules().getFirst().worst()).isEmpty();
        assertThat(facts.trials().recoveries()).isEmpty();
    }

    @Test
    void aStepWithoutAttemptsDidNotRun() {
        assertThat(Runs.of(Summaries.oneWay(false)).steps())
                .filteredOn(step -> !step.isDone())
                .extracting(RunFacts.Step::outcome)
                .containsExactly("failed", "did not run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1,,}                                    | run.json:1:9: error: is no JSON",
                "[]                                              | is no run.json: its 'kind' is not 'understudy-run'",
                "{\"kind\": \"understudy-suite\", \"schema\": 1} | is no run.json",
                "{\"kind\": \"understudy-run\", \"schema\": 9}   | has schema 9; this version reads up to 1",
                "{\"kind\": \"understudy-run\", \"schema\": 1}   | has '' at summary/verdict/decision; known are [GO,"
            })
    void whatIsNoRunFileIsNamedWithItsPlace(String text, String said) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> RunFacts.read("run.json", text))
                .withMessageStartingWith("run.json:1:")
                .withMessageContaining(said);
    }
}
