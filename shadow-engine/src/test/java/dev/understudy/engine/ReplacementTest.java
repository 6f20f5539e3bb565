package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Instances that are replaced beside each other, and data that is put back.
final class ReplacementTest {
    private static final Replacement START_FIRST = new Replacement(Replacement.Order.START_FIRST, OptionalInt.of(1));

    private final SimulatedRehearsal rehearsal = new SimulatedRehearsal(3);

    @Test
    void whatIsRevertedStartFirstIsNotMissed() {
        Scenario scenario = with(rehearsal.scenario(SampleWorlds.GOOD, 0), ReplacementTest::beside);
        Journal journal = rehearsal.run(scenario);
        RunSummary summary = Judge.judge(scenario, journal);
        RunSummary stopping = stoppedFirst();

        assertThat(summary.verdict().decision()).as(summary.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(summary.figures().downtime().orElseThrow())
                .isLessThan(stopping.figures().downtime().orElseThrow());
        assertThat(journal.events(Event.StepBegan.class))
                .filteredOn(began -> began.step().equals("orders"))
                .singleElement()
                .satisfies(began -> assertThat(began.literal()).endsWith(", start-first, 1 at a time"));
        assertThat(journal.events(Event.StepEnded.class))
                .filteredOn(ended -> ended.step().equals("orders"))
                .singleElement()
                .satisfies(ended -> assertThat(ended.output()).contains("new ones healthy, then old ones ended"));
    }

    private static RunSummary stoppedFirst() {
        SimulatedRehearsal other = new SimulatedRehearsal(3);
        Scenario scenario = other.scenario(SampleWorlds.GOOD, 0);
        return Judge.judge(scenario, other.run(scenario));
    }

    @Test
    void whatWasWrittenSinceTheCopiesIsLostWhenDataIsPutBack() {
        Scenario scenario = with(
                rehearsal.scenario(SampleWorlds.GOOD, 0),
                step -> step.id().equals("schema") ? new Step.RestoreData(common("schema", "orders"), "db") : step);

        RunSummary summary = Judge.judge(scenario, rehearsal.run(scenario));

        assertThat(summary.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(summary.figures().lost().orElseThrow()).isPositive();
        assertThat(summary.steps())
                .allMatch(step -> step.attempts().getLast().outcome().equals("done"));
    }

    private static Step beside(Step step) {
        return step instanceof Step.Revert revert
                ? new Step.Revert(revert.common(), revert.service(), START_FIRST)
                : step;
    }

    private static Step.Common common(String id, String... needs) {
        return new Step.Common(id, new Place("test", 1, 1), List.of(needs), Duration.ofSeconds(30), false);
    }

    private static Scenario with(Scenario of, UnaryOperator<Step> changed) {
        RollbackProcedure rollback = of.rollback();
        List<Step> steps = rollback.steps().stream().map(changed).toList();
        return Rewritten.of(of)
                .rollback(new RollbackProcedure(
                        rollback.place(), rollback.budget(), rollback.order(), steps, rollback.accept()))
                .scenario();
    }
}
