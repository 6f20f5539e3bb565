package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.Scenario;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// Whether somebody answers for there being no way back, on the day on which the run began. That day is on
/// record: a run judged again in a year is judged by it, not by today.
///
/// @param inForce why, by whom and until when; empty if nobody answers
/// @param lapsed why what was once accepted does not count; empty if nothing was, or it does
record Acceptance(Optional<String> inForce, Optional<String> lapsed) {
    private static final int DAY = 10;

    static Acceptance of(Scenario scenario, Journal journal) {
        Optional<AcceptedOneWay> accept = scenario.rollback().accept();
        if (accept.isEmpty()) {
            return new Acceptance(Optional.empty(), Optional.empty());
        }
        Optional<LocalDate> began = journal.events(Event.RunStarted.class)
                .findFirst()
                .flatMap(started -> day(started.startedAt()
                        .substring(0, Math.min(DAY, started.startedAt().length()))));
        return of(accept.get(), began);
    }

    private static Acceptance of(AcceptedOneWay accept, Optional<LocalDate> began) {
        Optional<LocalDate> until = day(accept.until());
        if (began.isEmpty() || until.isEmpty()) {
            return lapsed("That " + accept.by() + " accepted it until " + accept.until()
                    + " does not count: the day of the run is not on record.");
        }
        if (began.get().isAfter(until.get())) {
            return lapsed("That " + accept.by() + " accepted it does not count: this expired on " + accept.until()
                    + ", and the run began on " + began.get() + ".");
        }
        return new Acceptance(
                Optional.of(accept.why() + " (accepted by " + accept.by() + " until " + accept.until() + ")"),
                Optional.empty());
    }

    private static Acceptance lapsed(String why) {
        return new Acceptance(Optional.empty(), Optional.of(why));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    /// A reason that there is no way back, and why nobody answers for that any more.
    Reason told(Reason noWayBack) {
        return lapsed.map(why -> new Reason(
                        noWayBack.text() + " " + why, noWayBack.decidedBy(), noWayBack.place(), noWayBack.measure()))
                .orElse(noWayBack);
    }
}
