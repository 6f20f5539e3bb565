package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The better order that was looked for: proposed, tried in pairs, kept or not.
final class PlanReadings {
    private static final String UNDECIDED = "not decided";

    private PlanReadings() {}

    /// @param first the trial that ran the configured plan
    static Optional<PlanReading> of(Journal journal, TrialRecord first) {
        Optional<Event.PlanDecided> decided =
                journal.events(Event.PlanDecided.class).findFirst();
        return journal.events(Event.PlanProposed.class)
                .findFirst()
                .map(proposed -> new PlanReading(
                        proposed.waitsFor(),
                        proposed.predictedNanos(),
                        proposed.presentNanos(),
                        decided.map(Event.PlanDecided::decision).orElse(UNDECIDED),
                        decided.map(Event.PlanDecided::medianGainNanos).orElse(0L),
                        decided.map(Event.PlanDecided::spreadNanos).orElse(0L),
                        pairs(journal, first.plan().orElse("")),
                        proposed.why()));
    }

    private static List<Pair> pairs(Journal journal, String present) {
        List<Event.PairRun> runs = journal.events(Event.PairRun.class).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int number : new TreeSet<>(runs.stream().map(Event.PairRun::pair).toList())) {
            pairs.add(new Pair(number, recovery(runs, number, present, true), recovery(runs, number, present, false)));
        }
        return pairs;
    }

    private static OptionalLong recovery(List<Event.PairRun> runs, int number, String present, boolean isPresent) {
        return runs.stream()
                .filter(run -> run.pair() == number && run.plan().equals(present) == isPresent)
                .flatMapToLong(run -> run.recoveryNanos().stream())
                .findFirst();
    }
}
