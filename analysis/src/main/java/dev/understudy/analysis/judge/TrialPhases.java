package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import java.util.List;
import java.util.OptionalLong;

/// The phases of a trial that profiles are made for, from its events.
final class TrialPhases {
    private TrialPhases() {}

    /// One phase, `until` exclusive; an empty span if it never began.
    record Span(String name, long from, long until) {
        boolean holds(long at) {
            return at >= from && at < until;
        }
    }

    /// `baseline`, `change`, `rollback`, `recovery`; what a run that was cut short did not end lasts to its
    /// last event.
    static List<Span> of(TrialRecord trial) {
        long end = trial.timed(Event.class).mapToLong(timed -> timed.at()).max().orElse(0);
        OptionalLong rollback = trial.rollbackBegan();
        OptionalLong rolledBack = trial.when(Event.RollbackEnded.class);
        return List.of(
                span("baseline", trial.stageBegan("baseline"), trial.stageEnded("baseline"), end),
                span("change", trial.stageBegan("change"), rollback, end),
                span("rollback", rollback, rolledBack, end),
                span("recovery", rolledBack, trial.stageEnded("recovery"), end));
    }

    private static Span span(String name, OptionalLong from, OptionalLong until, long end) {
        long begin = from.orElse(end);
        return new Span(name, begin, Math.max(begin, until.orElse(end)));
    }
}
