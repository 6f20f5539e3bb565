package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Attempt;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal.Timed;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The steps of one rollback: their attempts, their share of the whole, and which of them it waited for.
/// Immutable.
final class StepReadings {
    private final List<StepReading> readings;

    StepReadings(Scenario scenario, TrialRecord trial) {
        List<StepReading> plain = scenario.rollback().steps().stream()
                .map(step -> reading(step, attempts(trial, step.id())))
                .toList();
        long began = plain.stream()
                .flatMapToLong(step -> step.began().stream())
                .min()
                .orElse(0);
        long ended = plain.stream()
                .flatMapToLong(step -> step.ended().stream())
                .max()
                .orElse(0);
        Set<String> critical = critical(plain);
        readings = plain.stream()
                .map(step -> new StepReading(
                        step.id(),
                        step.verb(),
                        step.place(),
                        step.needs(),
                        step.attempts(),
                        critical.contains(step.id()),
                        ended > began ? (double) length(step) / (ended - began) : 0))
                .toList();
    }

    List<StepReading> readings() {
        return readings;
    }

    /// The step on the critical path that took longest.
    Optional<StepReading> bottleneck() {
        return readings.stream()
                .filter(StepReading::onCriticalPath)
                .max(Comparator.comparingDouble(StepReading::share)
                        .thenComparing(StepReading::id, Comparator.reverseOrder()));
    }

    /// From the first step's begin to the last one's end.
    long makespan() {
        long began = readings.stream()
                .flatMapToLong(step -> step.began().stream())
                .min()
                .orElse(0);
        return readings.stream()
                        .flatMapToLong(step -> step.ended().stream())
                        .max()
                        .orElse(began)
                - began;
    }

    private static StepReading reading(Step step, List<Attempt> attempts) {
        return new StepReading(step.id(), step.verb(), step.place(), step.needs(), attempts, false, 0);
    }

    private static List<Attempt> attempts(TrialRecord trial, String step) {
        List<Attempt> attempts = new ArrayList<>();
        for (Timed<Event.StepBegan> began : trial.timed(Event.StepBegan.class).toList()) {
            if (!began.event().step().equals(step)) {
                continue;
            }
            int number = began.event().attempt();
            attempts.add(trial.timed(Event.StepEnded.class)
                    .filter(ended ->
                            ended.event().step().equals(step) && ended.event().attempt() == number)
                    .findFirst()
                    .map(ended -> new Attempt(
                            number,
                            began.at(),
                            ended.at(),
                            began.event().literal(),
                            ended.event().outcome(),
                            ended.event().exitCode(),
                            ended.event().output()))
                    .orElseGet(() -> new Attempt(
                            number, began.at(), began.at(), began.event().literal(), "unknown", 0, "")));
        }
        return attempts;
    }

    private static long length(StepReading step) {
        return step.ended().orElse(0) - step.began().orElse(0);
    }

    /// From the step that ended last back along what each waited for: the one of its needs that ended last;
    /// without needs, or in an order of one step at a time, the step that ended last before it began.
    private static Set<String> critical(List<StepReading> steps) {
        List<StepReading> ran =
                steps.stream().filter(step -> step.began().isPresent()).toList();
        boolean inTurn = ran.stream()
                .allMatch(step ->
                        ran.stream().noneMatch(other -> !other.id().equals(step.id()) && overlap(step, other)));
        Set<String> path = new HashSet<>();
        Optional<StepReading> at = latest(ran);
        while (at.isPresent() && path.add(at.get().id())) {
            StepReading step = at.get();
            List<StepReading> before = ran.stream()
                    .filter(other -> inTurn || step.needs().contains(other.id()))
                    .filter(other -> other.ended().orElse(0) <= step.began().orElse(0) && !path.contains(other.id()))
                    .toList();
            at = latest(before);
        }
        return path;
    }

    private static Optional<StepReading> latest(List<StepReading> steps) {
        return steps.stream().max(Comparator.comparingLong(step -> step.ended().orElse(0)));
    }

    private static boolean overlap(StepReading one, StepReading other) {
        return one.began().orElse(0) < other.ended().orElse(0)
                && other.began().orElse(0) < one.ended().orElse(0);
    }
}
