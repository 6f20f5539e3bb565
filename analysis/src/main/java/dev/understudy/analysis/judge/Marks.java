package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// The moments of a trial that are worth a mark on the time axis, in order.
final class Marks {
    private Marks() {}

    static List<Mark> of(Scenario scenario, TrialRecord trial) {
        List<Mark> marks = new ArrayList<>();
        String changes =
                String.join(", ", scenario.changes().stream().map(Change::label).toList());
        trial.stageBegan("change")
                .ifPresent(at -> marks.add(new Mark(Mark.Kind.CHANGE, changes, at, trial.stageEnded("change"))));
        trial.watchBegan().ifPresent(at -> marks.add(instant(Mark.Kind.WATCH, "rules watch", at)));
        trial.timed(Event.DeviationBegan.class)
                .filter(began -> began.event().arm().equals(RuleHistory.CANDIDATE))
                .forEach(began -> marks.add(new Mark(
                        Mark.Kind.DEVIATION,
                        began.event().id(),
                        began.at(),
                        ended(trial, began.event().id()))));
        trial.breach().ifPresent(breach -> {
            String rules = String.join(", ", breach.event().rules());
            marks.add(instant(
                    Mark.Kind.FIRST_BAD, "first bad request", breach.event().firstBadAt()));
            marks.add(
                    instant(Mark.Kind.DETECTED, rules.isEmpty() ? breach.event().reason() : rules, breach.at()));
        });
        trial.first(Event.RollbackBegan.class)
                .ifPresent(began -> marks.add(new Mark(
                        Mark.Kind.ROLLBACK,
                        began.event().drill() ? "rollback (drill)" : "rollback",
                        began.at(),
                        trial.when(Event.RollbackEnded.class))));
        trial.recoveredSince().ifPresent(at -> marks.add(instant(Mark.Kind.RECOVERED, "recovered", at)));
        marks.sort(Comparator.comparingLong(Mark::at).thenComparing(Mark::kind));
        return List.copyOf(marks);
    }

    private static Mark instant(Mark.Kind kind, String label, long at) {
        return new Mark(kind, label, at, OptionalLong.empty());
    }

    private static OptionalLong ended(TrialRecord trial, String deviation) {
        return trial.timed(Event.DeviationEnded.class)
                .filter(ended -> ended.event().id().equals(deviation)
                        && ended.event().arm().equals(RuleHistory.CANDIDATE))
                .mapToLong(ended -> ended.at())
                .findFirst();
    }
}
