package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.rollback.PlanChecker.Executed;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.Order;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static RollbackProcedure sharing(int atOnce, Step... steps) {
        RollbackProcedure plain = Procedures.of(Order.READY, List.of(steps));
        return with(plain, Map.of("desk", atOnce), step -> true);
    }

    private static RollbackProcedure with(
            RollbackProcedure plain, Map<String, Integer> capacity, Predicate<Step> uses) {
        List<Step> steps = plain.steps().stream()
                .map(step -> uses.test(step) ? (Step) new Step.Revert(using(step), step.id()) : step)
                .toList();
        return new RollbackProcedure(plain.place(), plain.budget(), plain.order(), steps, plain.accept(), capacity);
    }

    private static Step.Common using(Step step) {
        return new Step.Common(
                step.id(),
                step.place(),
                step.needs(),
                step.timeout(),
                step.common().irreversible(),
                Step.Retry.NEVER,
                List.of(),
                List.of("desk"));
    }

    @Test
    void stepsWaitForTheOneAsManyPlacesBefore() {
        RollbackProcedure procedure =
                sharing(2, Procedures.revert("a", "a"), Procedures.revert("b", "b"), Procedures.revert("c", "c"));

        RollbackPlan plan = RollbackPlan.ready(procedure);

        assertThat(plan.waitsFor()).containsEntry("b", List.of()).containsEntry("c", List.of("a"));
    }

    @Test
    void theProposalSaysWhyAStepWaits() {
        RollbackProcedure procedure =
                sharing(2, Procedures.revert("a", "a"), Procedures.revert("b", "b"), Procedures.revert("c", "c"));

        Optional<Proposal> proposal = RollbackOptimizer.propose(
                procedure, RollbackPlan.written(procedure), Map.of("a", 10L, "b", 10L, "c", 10L));

        assertThat(proposal.orElseThrow().why()).contains("a before c: at most 2 at once use desk");
        assertThat(proposal.orElseThrow().predictedNanos()).isEqualTo(20);
    }

    @Test
    void noPlanUsesMoreThanThereIsHoweverLongItsStepsTake() {
        for (int seed = 0; seed < 300; seed++) {
            Random chance = new Random(seed);
            RollbackProcedure procedure =
                    with(Procedures.random(chance), Map.of("desk", 1 + chance.nextInt(3)), _ -> chance.nextInt(3) > 0);
            Map<String, Long> times = new HashMap<>();
            procedure.steps().forEach(step -> times.put(step.id(), (long) chance.nextInt(100)));
            assertKept(procedure, RollbackPlan.ready(procedure), times);
            RollbackOptimizer.propose(procedure, RollbackPlan.written(procedure), times)
                    .ifPresent(proposal -> assertKept(procedure, proposal.plan(), times));
        }
    }

    private static void assertKept(RollbackProcedure procedure, RollbackPlan plan, Map<String, Long> times) {
        List<Executed> executed = new ArrayList<>();
        Makespan.of(plan, times)
                .spans()
                .forEach((step, span) -> executed.add(new Executed(step, span.start(), span.finish())));
        assertThat(PlanChecker.check(procedure, executed)).isEmpty();
    }

    @Test
    void moreAtOnceThanThereIsAreNamed() {
        RollbackProcedure procedure = sharing(1, Procedures.revert("a", "a"), Procedures.revert("b", "b"));

        assertThat(PlanChecker.check(procedure, List.of(new Executed("a", 0, 10), new Executed("b", 9, 20))))
                .containsExactly("2 steps used 'desk' when 'b' began, not at most 1");
    }
}
