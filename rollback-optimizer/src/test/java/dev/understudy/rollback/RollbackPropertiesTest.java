package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.rollback.Makespan.Span;
import dev.understudy.rollback.PlanChecker.Executed;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// What holds for every procedure and all times.
class RollbackPropertiesTest {

    private record Case(RollbackProcedure procedure, Map<String, Long> times) {
        static Case of(long seed) {
            Random chance = new Random(seed);
            RollbackProcedure procedure = Procedures.random(chance);
            Map<String, Long> times = new HashMap<>();
            procedure.steps().forEach(step -> times.put(step.id(), (long) chance.nextInt(1000)));
            return new Case(procedure, times);
        }

        Optional<Proposal> proposal() {
            return RollbackOptimizer.propose(procedure, RollbackPlan.configured(procedure), times);
        }

        Span span(RollbackPlan plan, String step) {
            return Makespan.of(plan, times).spans().get(step);
        }
    }

    @Example
    void enoughOfTheProceduresHaveSomethingToGain() {
        long gaining = LongStream.range(0, 500)
                .filter(seed -> Case.of(seed).proposal().isPresent())
                .count();
        assertThat(gaining).isGreaterThan(100);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void everyPlanObeysTheNeeds(@ForAll long seed) {
        Case one = Case.of(seed);
        obeysNeeds(one, RollbackPlan.written(one.procedure()));
        obeysNeeds(one, RollbackPlan.ready(one.procedure()));
        one.proposal().ifPresent(proposal -> obeysNeeds(one, proposal.plan()));
    }

    private static void obeysNeeds(Case one, RollbackPlan plan) {
        for (Step step : one.procedure().steps()) {
            assertThat(plan.waitsFor(step.id())).containsAll(step.needs());
        }
        List<Executed> executed = Makespan.of(plan, one.times()).spans().entrySet().stream()
                .map(e -> new Executed(
                        e.getKey(), e.getValue().start(), e.getValue().finish()))
                .toList();
        assertThat(executed).hasSameSizeAs(one.procedure().steps());
        assertThat(PlanChecker.check(one.procedure(), executed)).isEmpty();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void proposalIsPredictedToBeShorterAndSaysByHowMuch(@ForAll long seed) {
        Case one = Case.of(seed);
        long present = Makespan.of(RollbackPlan.configured(one.procedure()), one.times())
                .nanos();
        one.proposal().ifPresent(proposal -> {
            assertThat(proposal.presentNanos()).isEqualTo(present);
            assertThat(proposal.predictedNanos()).isLessThan(present);
            assertThat(Makespan.of(proposal.plan(), one.times()).nanos()).isEqualTo(proposal.predictedNanos());
            assertThat(one.proposal()).contains(proposal);
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void writtenOrderIsReproducedExactlyUnlessNeedsForbidIt(@ForAll long seed) {
        RollbackProcedure procedure = Case.of(seed).procedure();
        List<String> ids = procedure.steps().stream().map(Step::id).toList();
        boolean allowed = procedure.steps().stream()
                .allMatch(step -> step.needs().stream().allMatch(need -> ids.indexOf(need) < ids.indexOf(step.id())));
        RollbackPlan written = RollbackPlan.written(procedure);
        assertThat(written.order().equals(ids)).isEqualTo(allowed);
        assertThat(written.name().equals("written")).isEqualTo(allowed);
        for (int i = 1; i < ids.size(); i++) {
            assertThat(written.waitsFor(written.order().get(i)))
                    .contains(written.order().get(i - 1));
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void stepsOnOneServiceNeverOverlapInAProposal(@ForAll long seed) {
        Case one = Case.of(seed);
        one.proposal().ifPresent(proposal -> {
            List<Step> steps = one.procedure().steps();
            for (Step a : steps) {
                for (Step b : steps) {
                    if (!a.equals(b) && Touch.of(a).conflict(Touch.of(b)).isPresent()) {
                        Span first = one.span(proposal.plan(), a.id());
                        Span second = one.span(proposal.plan(), b.id());
                        assertThat(first.finish() <= second.start() || second.finish() <= first.start())
                                .isTrue();
                    }
                }
            }
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void whatCannotBeUndoneWaitsForAllThatCanUnlessTheyWaitForIt(@ForAll long seed) {
        Case one = Case.of(seed);
        one.proposal().ifPresent(proposal -> {
            Precedence chosen =
                    Precedence.planned(proposal.plan().order(), proposal.plan().waitsFor());
            for (Step last : one.procedure().steps()) {
                for (Step step : one.procedure().steps()) {
                    if (last.common().irreversible() && !step.common().irreversible()) {
                        assertThat(chosen.isBefore(step.id(), last.id()) || chosen.isBefore(last.id(), step.id()))
                                .isTrue();
                    }
                }
            }
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void makespanIsTheSumOfItsCriticalPath(@ForAll long seed) {
        Case one = Case.of(seed);
        Makespan makespan = Makespan.of(RollbackPlan.ready(one.procedure()), one.times());
        long sum = makespan.criticalPath().stream().mapToLong(one.times()::get).sum();
        long all = one.times().values().stream().mapToLong(Long::longValue).sum();
        long longest =
                one.times().values().stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(makespan.nanos()).isEqualTo(sum).isBetween(longest, all);
    }
}
