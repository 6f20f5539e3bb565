package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Split;
import dev.understudy.journal.Entry;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// Where the time of a run went. Every nanosecond from its first event to its last belongs to exactly one
/// part; the first of these that fits:
///
/// 1. *tool*: what the tool declares as its own overhead;
/// 2. *step*: at least one attempt at a rollback step is under way;
/// 3. *rule window*: from the first bad exchange to the breach, and while a steady period is watched;
/// 4. *service*: to verify, the arms come to rest, or promises are read back from services;
/// 5. *deviation*: a deviation acts while the change is watched;
/// 6. by the stage that began last and goes on: watch is *rule window*; discover, clone, start, warm, baseline,
///    change, recovery, reset and dispose are *service* (they wait for what services do); everything else,
///    and time outside stages, is *tool*.
final class TimeSplit {
    private enum Part {
        SERVICE,
        STEP,
        RULE_WINDOW,
        DEVIATION,
        TOOL
    }

    /// A span of time that belongs to a part unless something earlier in the list claims it.
    private record Span(Part part, int rank, long from, long to) {
        boolean covers(long at) {
            return from <= at && at < to;
        }
    }

    private static final int DECLARED = 0;
    private static final int STEPS = 1;
    private static final int WINDOWS = 2;
    private static final int DEVIATIONS = 3;
    private static final int STAGES = 4;

    private final Journal journal;
    private final long end;
    private final List<Span> spans = new ArrayList<>();

    private TimeSplit(Scenario scenario, Journal journal) {
        this.journal = journal;
        end = journal.entries().stream().mapToLong(Entry::at).max().orElse(0);
        stages();
        journal.timed(Event.ToolTime.class)
                .forEach(tool ->
                        add(Part.TOOL, DECLARED, tool.at() - tool.event().nanos(), tool.at()));
        for (TrialRecord trial : TrialRecord.all(journal)) {
            trial(scenario, trial);
        }
    }

    static Split of(Scenario scenario, Journal journal) {
        if (journal.entries().isEmpty()) {
            return new Split(0, 0, 0, 0, 0, 0);
        }
        return new TimeSplit(scenario, journal).sum();
    }

    private void stages() {
        List<Journal.Timed<Event.StageEnded>> ends =
                journal.timed(Event.StageEnded.class).toList();
        journal.timed(Event.StageBegan.class).forEach(began -> {
            long to = ends.stream()
                    .filter(ended -> ended.event().trial() == began.event().trial()
                            && ended.event().stage().equals(began.event().stage())
                            && ended.at() >= began.at())
                    .mapToLong(Journal.Timed::at)
                    .min()
                    .orElse(end);
            add(partOf(began.event().stage()), STAGES, began.at(), to);
        });
    }

    private static Part partOf(String stage) {
        return switch (stage) {
            case "discover",
                    "clone",
                    "start",
                    "warm",
                    "baseline",
                    "change",
                    "recovery",
                    "reset",
                    "dispose",
                    "old version" -> Part.SERVICE;
            case "watch" -> Part.RULE_WINDOW;
            default -> Part.TOOL;
        };
    }

    private void trial(Scenario scenario, TrialRecord trial) {
        new StepReadings(scenario, trial)
                .readings().stream()
                        .flatMap(step -> step.attempts().stream())
                        .forEach(attempt -> add(Part.STEP, STEPS, attempt.began(), attempt.ended()));
        trial.breach()
                .ifPresent(
                        breach -> add(Part.RULE_WINDOW, WINDOWS, breach.event().firstBadAt(), breach.at()));
        trial.first(Event.Recovery.class)
                .filter(decided -> decided.event().recovered())
                .ifPresent(decided -> add(
                        Part.RULE_WINDOW,
                        WINDOWS,
                        Math.max(
                                decided.event().since(),
                                trial.stageBegan("recovery").orElse(0)),
                        decided.at()));
        verification(trial);
        OptionalLong watch = trial.watchBegan();
        OptionalLong rollback = trial.rollbackBegan();
        trial.timed(Event.DeviationBegan.class)
                .filter(began -> watch.isPresent())
                .forEach(began -> add(
                        Part.DEVIATION,
                        DEVIATIONS,
                        Math.max(began.at(), watch.getAsLong()),
                        Math.min(ended(trial, began.event()), rollback.orElse(end))));
    }

    // to verify, the arms first have to come to rest, and promises are read back from services
    private void verification(TrialRecord trial) {
        OptionalLong began = trial.stageBegan("verify");
        OptionalLong atRest = trial.when(Event.StateCompared.class);
        OptionalLong compared = trial.timed(Event.DataCompared.class)
                .mapToLong(Journal.Timed::at)
                .max();
        OptionalLong read =
                trial.timed(Event.LedgerRead.class).mapToLong(Journal.Timed::at).max();
        if (began.isPresent() && atRest.isPresent()) {
            add(Part.SERVICE, WINDOWS, began.getAsLong(), atRest.getAsLong());
        }
        if (compared.isPresent() && read.isPresent()) {
            add(Part.SERVICE, WINDOWS, compared.getAsLong(), read.getAsLong());
        }
    }

    private long ended(TrialRecord trial, Event.DeviationBegan began) {
        return trial.timed(Event.DeviationEnded.class)
                .filter(ended -> ended.event().id().equals(began.id())
                        && ended.event().arm().equals(began.arm()))
                .mapToLong(Journal.Timed::at)
                .findFirst()
                .orElse(end);
    }

    private void add(Part part, int rank, long from, long to) {
        if (from < to) {
            spans.add(new Span(part, rank, from, to));
        }
    }

    private Split sum() {
        long begin = journal.entries().stream().mapToLong(Entry::at).min().orElse(0);
        TreeSet<Long> edges = new TreeSet<>(List.of(begin, end));
        spans.forEach(span -> {
            edges.add(Math.clamp(span.from(), begin, end));
            edges.add(Math.clamp(span.to(), begin, end));
        });
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        long from = begin;
        for (long to : edges) {
            parts.merge(part(from), to - from, Long::sum);
            from = to;
        }
        return new Split(
                end - begin,
                parts.getOrDefault(Part.SERVICE, 0L),
                parts.getOrDefault(Part.STEP, 0L),
                parts.getOrDefault(Part.RULE_WINDOW, 0L),
                parts.getOrDefault(Part.DEVIATION, 0L),
                parts.getOrDefault(Part.TOOL, 0L));
    }

    // of two stages the inner one, which began later
    private Part part(long at) {
        Optional<Span> claim = spans.stream()
                .filter(span -> span.covers(at))
                .min(Comparator.comparingInt(Span::rank)
                        .thenComparing(Comparator.comparingLong(Span::from).reversed()));
        return claim.map(Span::part).orElse(Part.TOOL);
    }
}
