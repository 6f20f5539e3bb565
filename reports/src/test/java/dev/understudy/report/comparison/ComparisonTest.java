package dev.understudy.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.Summaries;
import dev.understudy.report.comparison.Row.Outcome;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void aRunIsNoWorseThanItself() {
        for (RunSummary run : Summaries.all().values()) {
            Comparison comparison = Comparison.of(Runs.of(run), Runs.of(run));

            assertThat(comparison.isWorse()).isFalse();
            assertThat(comparison.rows()).allMatch(row -> row.outcome() == Outcome.SAME);
            assertThat(comparison.notes()).isEmpty();
        }
    }

    @Test
    void aVerdictThatFallsIsWorseAndOneThatRisesIsBetter() {
        Comparison fallen = Comparison.of(Runs.of(Summaries.goByDrill()), Runs.of(Summaries.noGoChange()));
        Comparison risen = Comparison.of(Runs.of(Summaries.noGoChange()), Runs.of(Summaries.goByDrill()));

        assertThat(row(fallen, "verdict").outcome()).isEqualTo(Outcome.WORSE);
        assertThat(row(fallen, "change").outcome()).isEqualTo(Outcome.WORSE);
        assertThat(row(fallen, "rule slow").said()).isEqualTo("worse");
        assertThat(row(fallen, "rule slow").after()).isEqualTo("broke, 2.31 s of 400ms");
        assertThat(fallen.inOneLine()).isEqualTo("worse: verdict, change, rule slow");
        assertThat(risen.isWorse()).isFalse();
        assertThat(risen.inOneLine()).isEqualTo("no worse; better: verdict, change, rule slow");
    }

    @Test
    void aLossIsWorseHoweverSmall() {
        Comparison lossy = Comparison.of(Runs.of(Summaries.goByDrill()), Runs.of(Summaries.goWithAllowedLoss()));

        assertThat(row(lossy, "lost").outcome()).isEqualTo(Outcome.WORSE);
        assertThat(row(lossy, "way back").outcome()).isEqualTo(Outcome.WORSE);
    }

    @Test
    void withThreeTrialsOrMoreTheNoiseDecides() {
        RunFacts calm = Runs.recoveringIn(5.0, 5.2, 5.1);

        assertThat(recovery(calm, Runs.recoveringIn(5.3, 5.1, 5.2)).outcome()).isEqualTo(Outcome.SAME);
        assertThat(recovery(calm, Runs.recoveringIn(5.6, 5.7, 5.6)).outcome()).isEqualTo(Outcome.WORSE);
        assertThat(recovery(Runs.recoveringIn(5.6, 5.7, 5.6), calm).outcome()).isEqualTo(Outcome.BETTER);
        assertThat(recovery(calm, Runs.recoveringIn(5.6, 9.7, 5.7)).said())
                .isEqualTo("same: within noise of 4.1 s, n = 3 and 3");
    }

    @Test
    void withFewerOnlyALargeDifferenceCounts() {
        RunFacts once = Runs.recoveringIn(5);

        assertThat(recovery(once, Runs.recoveringIn(9)).said()).isEqualTo("same: noise unknown, n = 1");
        assertThat(recovery(once, Runs.recoveringIn(11)).said()).isEqualTo("worse: more than twice");
        assertThat(recovery(Runs.recoveringIn(0.2), Runs.recoveringIn(0.9)).outcome())
                .isEqualTo(Outcome.SAME);
        assertThat(recovery(Runs.recoveringIn(11, 11, 11), once).outcome()).isEqualTo(Outcome.BETTER);
    }

    @Test
    void whoeverCrossesTheBudgetIsWorseWithOneTrialToo() {
        assertThat(recovery(Runs.recoveringIn(29), Runs.recoveringIn(31)).said())
                .isEqualTo("worse: now over budget");
        assertThat(recovery(Runs.recoveringIn(31), Runs.recoveringIn(29)).said())
                .isEqualTo("better: now within budget");
    }

    @Test
    void aTrialThatDoesNotRecoverIsWorseThanAnySlowOne() {
        RunFacts sound = Runs.recoveringIn(5, 5, 5, 5);
        RunFacts shaky = Runs.with(sound, new RunFacts.Trials(5, sound.trials().recoveries()));

        assertThat(recovery(sound, shaky).said()).isEqualTo("worse: 1 of 5 trials did not recover");
        assertThat(recovery(shaky, sound).outcome()).isEqualTo(Outcome.BETTER);
        assertThat(recovery(shaky, shaky).outcome()).isEqualTo(Outcome.SAME);
    }

    @Test
    void whatOnlyOneRunMeasuredIsShownAndNotJudged() {
        RunFacts run = Runs.recoveringIn(5);
        RunFacts less = Runs.with(
                run,
                new RunFacts.Figures(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));

        assertThat(Comparison.of(run, less).rows(Outcome.NOT_JUDGED))
                .extracting(Row::what)
                .containsExactly("recovery", "downtime", "lost", "unserved");
    }

    @Test
    void stepsAndRulesAreMatchedByTheirNames() {
        RunFacts run = Runs.recoveringIn(5);
        RunFacts other = Runs.withRules(
                Runs.withSteps(
                        run,
                        List.of(
                                new RunFacts.Step("drain", "done", OptionalLong.of(1)),
                                new RunFacts.Step("orders", "timed out", OptionalLong.of(Summaries.seconds(9))))),
                List.of(new RunFacts.Rule("errors", "error-rate", "2%", OptionalDouble.empty(), false)));

        Comparison comparison = Comparison.of(run, other);

        assertThat(row(comparison, "step orders").outcome()).isEqualTo(Outcome.WORSE);
        assertThat(row(comparison, "step orders").after()).isEqualTo("timed out after 9 s");
        assertThat(row(comparison, "step drain").before()).isEqualTo("not there");
        assertThat(row(comparison, "rule slow").after()).isEqualTo("not there");
        assertThat(row(comparison, "rule errors").after()).isEqualTo("held, not measured of 2%");
        assertThat(comparison.rows(Outcome.WORSE)).hasSize(1);
    }

    @Test
    void whatMakesRunsUnlikeIsSaid() {
        RunFacts run = Runs.recoveringIn(5);
        RunFacts unlike =
                Runs.with(run, new RunFacts.Identity("r", "other", 2, Map.of("a.yaml", "1f", "b.yaml", "2e")), 40);

        assertThat(Comparison.of(run, unlike).notes())
                .containsExactly(
                        "These are two scenarios: shop and other.",
                        "Not the same files: a.yaml, b.yaml.",
                        "Not the same seed: 1 and 2.",
                        "Not the same load: 100 requests/s and 40 requests/s an arm; times hold for their own load.");
    }

    @Test
    void theTableHasALineARowAndSaysTheOutcomeLast() {
        Comparison comparison =
                Comparison.of(Runs.of(Summaries.goByDrill()), Runs.of(Summaries.hostile("\u001b[31m\n")));

        List<String> lines = ComparisonTable.render(comparison).lines().toList();

        assertThat(lines)
                .hasSize(1 + comparison.rows().size() + comparison.notes().size() + 1);
        assertThat(lines.getLast()).startsWith("B is worse: verdict, change");
        assertThat(lines).noneMatch(line -> line.contains("\u001b"));
        assertThat(lines.get(1)).matches("verdict +GO +NO_GO +worse");
    }

    private static Row recovery(RunFacts before, RunFacts after) {
        return row(Comparison.of(before, after), "recovery");
    }

    private static Row row(Comparison comparison, String what) {
        return comparison.rows().stream()
                .filter(row -> row.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
