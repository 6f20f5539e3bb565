package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.rules.Downtime;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal.Timed;
import dev.understudy.scenario.RollbackProcedure.Budget;
import dev.understudy.scenario.Scenario;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The key figures of one trial.
final class FigureReading {
    private FigureReading() {}

    static Figures of(Scenario scenario, TrialRecord trial, StepReadings steps) {
        Budget budget = scenario.rollback().budget();
        Loss loss = Loss.of(scenario, trial);
        Optional<Timed<Event.Breached>> breach = trial.breach();
        Optional<StepReading> bottleneck = steps.bottleneck();
        return new Figures(
                trial.recovery(),
                budget.recovery().toNanos(),
                detect(breach),
                breach.map(each -> each.event().rules().isEmpty()
                        ? each.event().reason()
                        : String.join(", ", each.event().rules())),
                trial.events(Event.RollbackBegan.class).anyMatch(Event.RollbackBegan::drill),
                RecoveryChecks.downtime(trial)
                        .map(Downtime::total)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                budget.downtime().map(each -> OptionalLong.of(each.toNanos())).orElse(OptionalLong.empty()),
                deployDowntime(trial),
                loss.rows(),
                sum(trial, Event.DataCompared::unserved),
                sum(trial, Event.DataCompared::contended),
                budget.lostWrites(),
                compared(trial),
                bottleneck.map(StepReading::id),
                bottleneck.map(StepReading::share).orElse(0.0),
                firstBadToFirstStep(trial, breach));
    }

    private static OptionalLong detect(Optional<Timed<Event.Breached>> breach) {
        return breach.map(each ->
                        OptionalLong.of(Math.max(0, each.at() - each.event().firstBadAt())))
                .orElse(OptionalLong.empty());
    }

    private static long deployDowntime(TrialRecord trial) {
        OptionalLong from = trial.stageBegan("change");
        OptionalLong to = trial.watchBegan();
        return from.isEmpty() || to.isEmpty()
                ? 0
                : RecoveryChecks.downtime(trial, from.getAsLong(), to.getAsLong())
                        .map(Downtime::total)
                        .orElse(0L);
    }

    private static OptionalLong sum(TrialRecord trial, java.util.function.ToLongFunction<Event.DataCompared> count) {
        boolean isKnown = trial.events(Event.DataCompared.class).findAny().isPresent();
        return isKnown
                ? OptionalLong.of(
                        trial.events(Event.DataCompared.class).mapToLong(count).sum())
                : OptionalLong.empty();
    }

    private static OptionalDouble compared(TrialRecord trial) {
        return trial.events(Event.WritesCompared.class)
                .mapToDouble(each -> each.writes() == 0 ? 1 : (double) each.compared() / each.writes())
                .findFirst();
    }

    private static OptionalLong firstBadToFirstStep(TrialRecord trial, Optional<Timed<Event.Breached>> breach) {
        OptionalLong step = trial.when(Event.StepBegan.class);
        return breach.isEmpty() || step.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(step.getAsLong() - breach.get().event().firstBadAt());
    }
}
