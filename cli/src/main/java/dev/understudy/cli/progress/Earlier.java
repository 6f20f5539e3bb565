package dev.understudy.cli.progress;

import dev.understudy.journal.Entry;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalException;
import dev.understudy.journal.JournalReader;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How long the stages of an earlier run of the same scenario took: what this one will probably take.
/// Immutable.
///
/// @param stages in the order in which they ended
/// @param whole nanoseconds from begin to end of that run
record Earlier(List<Took> stages, long whole) {
    /// Older runs than these aren't looked through for one that came to its end.
    private static final int MOST_LOOKED_AT = 5;

    /// One stage: when it began and how long it lasted, in nanoseconds.
    record Took(int trial, String stage, long began, long lasted) {}

    /// The latest run of that scenario file that came to its end, if there is one.
    static Optional<Earlier> of(JournalStore store, String scenario, String file) {
        return store.runs().stream()
                .filter(run -> run.id().contains("-" + scenario + "-x"))
                .limit(MOST_LOOKED_AT)
                .flatMap(run -> read(run, file).stream())
                .findFirst();
    }

    private static Optional<Earlier> read(RunDirectory run, String file) {
        try {
            Journal journal = JournalReader.read(run.path());
            return of(journal.entries(), file);
        } catch (JournalException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<Earlier> of(List<Entry> entries, String file) {
        boolean isSame = entries.stream()
                .anyMatch(entry -> entry.event() instanceof Event.RunStarted started
                        && started.scenarioFile().equals(file));
        boolean isWhole = entries.stream()
                .anyMatch(entry -> entry.event() instanceof Event.RunEnded ended
                        && ended.verdict().equals("done"));
        if (!isSame || !isWhole) {
            return Optional.empty();
        }
        List<Took> stages = new ArrayList<>();
        List<Entry> open = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.StageBegan) {
                open.addLast(entry);
            } else if (entry.event() instanceof Event.StageEnded ended) {
                begun(open, ended)
                        .ifPresent(began -> stages.add(
                                new Took(ended.trial(), ended.stage(), began.at(), entry.at() - began.at())));
            }
        }
        return Optional.of(new Earlier(List.copyOf(stages), entries.getLast().at()));
    }

    private static Optional<Entry> begun(List<Entry> open, Event.StageEnded ended) {
        return open.reversed().stream()
                .filter(entry -> entry.event() instanceof Event.StageBegan began
                        && began.trial() == ended.trial()
                        && began.stage().equals(ended.stage()))
                .findFirst();
    }

    /// Nanoseconds that are left when a stage has lasted so long; empty if that run had no such stage.
    OptionalLong left(Course.Stage stage, long now) {
        return stages.stream()
                .filter(took -> took.trial() == stage.trial() && took.stage().equals(stage.name()))
                .mapToLong(took -> whole - took.began() - Math.min(took.lasted(), stage.lasting(now)))
                .findFirst();
    }
}
