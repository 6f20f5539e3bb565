package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.rollback.Proposal;
import dev.understudy.rollback.RollbackOptimizer;
import dev.understudy.rollback.RollbackPlan;
import dev.understudy.scenario.Scenario.OptimizeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proposes a shorter order from measured times, runs it against the present one in alternating pairs, and
/// keeps it only if it
/// is measurably better and every trial of it came out sound.
final class Optimization {
    private final Stagecraft craft;
    private final RollbackPlan present;
    private final OptimizeSpec spec;
    private final RunLog log;

    Optimization(Stagecraft craft, RollbackPlan present, OptimizeSpec spec) {
        this.craft = craft;
        this.present = present;
        this.spec = spec;
        this.log = craft.log();
    }

    /// @param first the trial whose times the proposal is made from
    /// @param nextTrial the number of the first trial run here
    void run(Trial.Result first, int nextTrial) {
        Optional<Proposal> proposal = RollbackOptimizer.propose(craft.scenario().rollback(), present, first.steps());
        if (proposal.isEmpty()) {
            log.record(new Event.PlanDecided("nothing to gain", 0, 0, 0));
            return;
        }
        Proposal better = proposal.get();
        log.record(new Event.PlanProposed(
                better.plan().waitsFor(), better.predictedNanos(), better.presentNanos(), better.why()));
        List<Trial.Result> old = new ArrayList<>();
        List<Trial.Result> proposed = new ArrayList<>();
        for (int pair = 1; pair <= spec.pairs(); pair++) {
            old.add(run(pair, nextTrial + 2 * pair - 2, present, first.known()));
            proposed.add(run(pair, nextTrial + 2 * pair - 1, better.plan(), first.known()));
        }
        decide(old, proposed);
    }

    private Trial.Result run(int pair, int trial, RollbackPlan plan, Trial.Known known) {
        Trial.Result result = new Trial(trial, craft, plan, known).run();
        log.record(new Event.PairRun(pair, trial, plan.name(), result.recovery(), result.makespan()));
        return result;
    }

    private void decide(List<Trial.Result> old, List<Trial.Result> proposed) {
        boolean sound = proposed.stream().allMatch(result -> result.recovery().isPresent())
                && (proposed.stream().allMatch(Trial.Result::sound)
                        || old.stream().noneMatch(Trial.Result::sound));
        PairTest test = PairTest.of(recoveries(old), recoveries(proposed));
        String decision = !sound ? "failed" : test.isBetter() ? "kept" : "not distinguishable";
        log.record(new Event.PlanDecided(decision, test.medianGain(), test.spread(), spec.pairs()));
    }

    private static List<Long> recoveries(List<Trial.Result> results) {
        return results.stream()
                .filter(result -> result.recovery().isPresent())
                .map(result -> result.recovery().getAsLong())
                .toList();
    }
}
