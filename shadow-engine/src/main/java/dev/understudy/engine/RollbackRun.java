package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.rollback.RollbackPlan;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Executes a plan: every step begins as soon as all it waits for has ended. A step is skipped when one
/// that it *needs* did
/// not succeed; a step that merely comes later in the order is tried all the same, because a rollback
/// restores as much as it can.
final class RollbackRun {
    private enum Fate {
        SUCCEEDED,
        FAILED
    }

    private final RunLog log;
    private final StepRunner runner;
    private final RollbackProcedure procedure;
    private final RollbackPlan plan;
    private final Map<String, Fate> ended = new HashMap<>();

    RollbackRun(RunLog log, StepRunner runner, RollbackProcedure procedure, RollbackPlan plan) {
        this.log = log;
        this.runner = runner;
        this.procedure = procedure;
        this.plan = plan;
    }

    /// Runs all steps; returns whether every one succeeded.
    boolean run(int trial) {
        List<Timeline.Fork<Boolean>> forks = new ArrayList<>();
        for (String id : plan.order()) {
            Step step = procedure.step(id);
            forks.add(log.timeline().fork("rollback " + id, () -> execute(step)));
        }
        boolean all = true;
        for (Timeline.Fork<Boolean> fork : forks) {
            all &= fork.join();
        }
        log.record(new Event.RollbackEnded(trial, all));
        return all;
    }

    private boolean execute(Step step) {
        List<String> waitsFor = Objects.requireNonNullElse(plan.waitsFor().get(step.id()), List.of());
        log.timeline().await(() -> haveEnded(waitsFor), Long.MAX_VALUE);
        Optional<String> failed = failedNeed(step);
        boolean succeeded;
        if (failed.isPresent()) {
            runner.skip(step, failed.get());
            succeeded = false;
        } else {
            succeeded = runner.run(step);
        }
        synchronized (ended) {
            ended.put(step.id(), succeeded ? Fate.SUCCEEDED : Fate.FAILED);
        }
        return succeeded;
    }

    private boolean haveEnded(List<String> steps) {
        synchronized (ended) {
            return ended.keySet().containsAll(steps);
        }
    }

    private Optional<String> failedNeed(Step step) {
        synchronized (ended) {
            return step.needs().stream()
                    .filter(need -> ended.get(need) == Fate.FAILED)
                    .findFirst();
        }
    }
}
