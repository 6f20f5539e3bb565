package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Entry;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.simulated.Program;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.Order;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Condition;
import dev.understudy.scenario.Step.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How steps are tried, what must hold before, and what they share.
final class StepConductTest {
    private static final Place HERE = new Place("test", 1, 1);
    private static final Retry FOUR_TIMES = new Retry(4, Duration.ofMillis(200), Duration.ofSeconds(5));

    private int calls;

    @Test
    void aStepThatFailsTwiceIsTriedAgainLaterAndLater() {
        Journal journal = run(Order.WRITTEN, Map.of(), flaky(3), command("tell", FOUR_TIMES, List.of(), List.of()));

        assertThat(outcomes(journal, "tell")).containsExactly("failed", "failed", "done");
        List<Long> began = began(journal, "tell");
        assertThat(began.get(1) - began.get(0)).isBetween(200_000_000L, 300_000_000L);
        assertThat(began.get(2) - began.get(1)).isBetween(400_000_000L, 500_000_000L);
    }

    @Test
    void attemptsThatFailedAreNotHeldAgainstAStepThatSucceeded() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(flaky(3), 3);
        Scenario scenario = with(
                rehearsal.scenario(SampleWorlds.GOOD, 0),
                Order.WRITTEN,
                Map.of(),
                command("tell", FOUR_TIMES, List.of(), List.of()));

        RunSummary summary = Judge.judge(scenario, rehearsal.run(scenario));

        assertThat(summary.verdict().decision()).as(summary.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(summary.steps().getLast().attempts()).hasSize(3);
    }

    @Test
    void aStepThatNeverSucceedsFailsTheRollbackAfterItsLastAttempt() {
        Journal journal = run(Order.WRITTEN, Map.of(), flaky(99), command("tell", FOUR_TIMES, List.of(), List.of()));

        assertThat(outcomes(journal, "tell")).containsExactly("failed", "failed", "failed", "failed");
        assertThat(journal.events(Event.RollbackEnded.class)).noneMatch(Event.RollbackEnded::allSucceeded);
    }

    @Test
    void whatIsNotGivenSkipsTheStepAndSaysWhy() {
        Condition never = new Condition.Answers("gateway", "/no-such-path", 299);
        Journal journal =
                run(Order.WRITTEN, Map.of(), flaky(1), command("tell", Retry.NEVER, List.of(never), List.of()));

        assertThat(calls).isZero();
        assertThat(journal.events(Event.StepEnded.class))
                .filteredOn(ended -> ended.step().equals("tell"))
                .singleElement()
                .satisfies(ended -> {
                    assertThat(ended.outcome()).isEqualTo("skipped");
                    assertThat(ended.output()).startsWith("given that GET gateway/no-such-path answers 299, which is");
                });
        assertThat(journal.events(Event.RollbackEnded.class)).noneMatch(Event.RollbackEnded::allSucceeded);
    }

    @Test
    void aPersonsTimeIsTakenInFull() {
        Step call = new Step.Manual(
                new Step.Common("call", HERE, List.of(), Duration.ofSeconds(21), false),
                "Call the bank.",
                Duration.ofSeconds(20));
        Journal journal = run(Order.WRITTEN, Map.of(), flaky(1), call);

        assertThat(outcomes(journal, "call")).containsExactly("done");
        assertThat(ended(journal, "call").getFirst() - began(journal, "call").getFirst())
                .isEqualTo(20_000_000_000L);
    }

    @Test
    void noMoreStepsThanThereIsCapacityForRunAtOnce() {
        SimulatedWorld world = SampleWorlds.shop().with("flaky", (_, _, timeline) -> {
            timeline.sleep(Duration.ofSeconds(2));
            return new Program.Ended(0, "");
        });
        List<Step> steps = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            steps.add(command(id, Retry.NEVER, List.of(), List.of("desk")));
        }

        Journal journal = run(Order.READY, Map.of("desk", 2), world, steps.toArray(Step[]::new));

        for (String id : List.of("a", "b", "c", "d", "e")) {
            long at = began(journal, id).getFirst();
            assertThat(List.of("a", "b", "c", "d", "e"))
                    .filteredOn(other -> began(journal, other).getFirst() <= at
                            && ended(journal, other).getFirst() > at)
                    .hasSizeBetween(1, 2);
        }
        assertThat(began(journal, "b").getFirst())
                .isLessThan(ended(journal, "a").getFirst());
    }

    private SimulatedWorld flaky(int succeedsAt) {
        return SampleWorlds.shop().with("flaky", (_, _, _) -> {
            calls++;
            return new Program.Ended(calls < succeedsAt ? 1 : 0, "call " + calls);
        });
    }

    private static Step command(String id, Retry retry, List<Condition> given, List<String> uses) {
        Step.Common common = new Step.Common(id, HERE, List.of(), Duration.ofSeconds(5), false, retry, given, uses);
        return new Step.Command(common, List.of("flaky"), Map.of());
    }

    private static Journal run(Order order, Map<String, Integer> capacity, SimulatedWorld world, Step... more) {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(world, 3);
        return rehearsal.run(with(rehearsal.scenario(SampleWorlds.GOOD, 0), order, capacity, more));
    }

    private static Scenario with(Scenario of, Order order, Map<String, Integer> capacity, Step... more) {
        RollbackProcedure rollback = of.rollback();
        List<Step> steps = new ArrayList<>(rollback.steps());
        steps.addAll(List.of(more));
        return Rewritten.of(of)
                .rollback(new RollbackProcedure(
                        rollback.place(), rollback.budget(), order, steps, rollback.accept(), capacity))
                .scenario();
    }

    private static List<String> outcomes(Journal journal, String step) {
        return journal.events(Event.StepEnded.class)
                .filter(ended -> ended.step().equals(step))
                .map(Event.StepEnded::outcome)
                .toList();
    }

    private static List<Long> began(Journal journal, String step) {
        return journal.entries().stream()
                .filter(entry -> entry.event() instanceof Event.StepBegan began
                        && began.step().equals(step))
                .map(Entry::at)
                .toList();
    }

    private static List<Long> ended(Journal journal, String step) {
        return journal.entries().stream()
                .filter(entry -> entry.event() instanceof Event.StepEnded ended
                        && ended.step().equals(step))
                .map(Entry::at)
                .toList();
    }
}
