package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.DataReading;
import dev.understudy.analysis.RunSummary.DeviationReading;
import dev.understudy.analysis.RunSummary.Drift;
import dev.understudy.analysis.RunSummary.Isolation;
import dev.understudy.analysis.RunSummary.LedgerReading;
import dev.understudy.analysis.RunSummary.ShippedChange;
import dev.understudy.analysis.RunSummary.TrafficReading;
import dev.understudy.analysis.data.LedgerFindings;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.journal.Journal.Timed;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.DeviationSpec.Target;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Readings that are little more than events put beside what the scenario asked for.
final class Readings {
    private Readings() {}

    static List<ShippedChange> changes(Scenario scenario, TrialRecord trial) {
        return scenario.changes().stream()
                .map(change -> shipped(trial, change, isNull(change, scenario.topology())))
                .toList();
    }

    /// Whether it ships what runs already, and says so: a null change, which asks for the way back alone.
    static boolean isNull(Change change, Topology topology) {
        return change instanceof Change.ToVersion to
                && to.version().equals(topology.service(to.service()).version());
    }

    private static ShippedChange shipped(TrialRecord trial, Change change, boolean isNull) {
        Optional<Event.Shipped> event = trial.events(Event.Shipped.class)
                .filter(shipped -> shipped.arm().equals(RuleHistory.CANDIDATE)
                        && shipped.service().equals(change.service())
                        && shipped.label().equals(change.label()))
                .findFirst();
        return new ShippedChange(
                change.service(),
                change.label() + (isNull && event.isPresent() ? ", re-deployed, same version" : ""),
                event.map(Event.Shipped::from).orElse(""),
                event.map(Event.Shipped::to).orElse(""),
                change.place());
    }

    static List<DataReading> data(TrialRecord trial) {
        return trial.events(Event.DataCompared.class)
                .map(data -> new DataReading(
                        data.service(),
                        data.compared(),
                        data.lost(),
                        data.unserved(),
                        data.expected(),
                        data.contended(),
                        data.unattributed(),
                        data.noise(),
                        data.structure(),
                        data.examples(),
                        data.notChecked()))
                .toList();
    }

    static List<LedgerReading> ledger(Scenario scenario, TrialRecord trial) {
        return trial.events(Event.LedgerRead.class)
                .map(read -> new LedgerReading(
                        read.entry(),
                        scenario.ledger().stream()
                                .filter(entry -> LedgerFindings.name(entry).equals(read.entry()))
                                .map(LedgerEntry::place)
                                .findFirst()
                                .orElse(scenario.place()),
                        read.keys(),
                        read.lost(),
                        read.unreadable(),
                        read.lostSpanNanos(),
                        read.examples()))
                .toList();
    }

    static List<DeviationReading> deviations(Scenario scenario, TrialRecord trial) {
        return scenario.deviations().stream()
                .map(spec -> deviation(spec, trial))
                .toList();
    }

    private static DeviationReading deviation(DeviationSpec spec, TrialRecord trial) {
        List<Timed<Event.DeviationBegan>> began = trial.timed(Event.DeviationBegan.class)
                .filter(each -> each.event().id().equals(spec.id()))
                .toList();
        List<Timed<Event.DeviationEnded>> ended = trial.timed(Event.DeviationEnded.class)
                .filter(each -> each.event().id().equals(spec.id()))
                .toList();
        boolean isUndone = began.stream()
                .allMatch(begin -> ended.stream()
                        .anyMatch(end -> end.event().arm().equals(begin.event().arm())
                                && end.event().verified()));
        return new DeviationReading(
                spec.id(),
                spec.kind(),
                spec.place(),
                switch (spec.target()) {
                    case Target.OnLink on -> on.link().toString();
                    case Target.OnService on -> on.service();
                    case Target.OnRule on -> "rule " + on.rule();
                },
                spec.on() == DeviationSpec.Scope.ALL ? "both arms" : RuleHistory.CANDIDATE,
                inCandidate(began, each -> each.arm())
                        .map(each -> each.event().requested())
                        .orElse(""),
                inCandidate(ended, each -> each.arm())
                        .map(each -> each.event().achieved())
                        .orElse(""),
                at(inCandidate(began, each -> each.arm())),
                at(inCandidate(ended, each -> each.arm())),
                isUndone,
                spec.mustBreach());
    }

    private static <E extends Event> Optional<Timed<E>> inCandidate(
            List<Timed<E>> events, java.util.function.Function<E, String> arm) {
        return events.stream()
                .filter(each -> arm.apply(each.event()).equals(RuleHistory.CANDIDATE))
                .findFirst();
    }

    private static OptionalLong at(Optional<? extends Timed<?>> event) {
        return event.isPresent() ? OptionalLong.of(event.get().at()) : OptionalLong.empty();
    }

    static List<Drift> drift(Journal journal) {
        return journal.events(Event.Drifted.class)
                .map(drift -> new Drift(drift.service(), drift.field(), drift.declared(), drift.live()))
                .toList();
    }

    static Isolation isolation(Scenario scenario, Journal journal) {
        List<Event.Probed> probes = journal.events(Event.Probed.class).toList();
        List<String> leaks = probes.stream()
                .filter(probe -> !probe.held())
                .map(probe -> probe.arm() + ": " + probe.attempt() + " (" + probe.evidence() + ")")
                .toList();
        boolean isEnforced = scenario.shadow().isolation() == dev.understudy.scenario.ShadowSpec.Isolation.ENFORCED;
        String level = isEnforced && !probes.isEmpty() && leaks.isEmpty() ? "enforced" : "watched";
        return new Isolation(level, probes.size(), leaks);
    }

    static TrafficReading traffic(TrialRecord trial) {
        List<ExchangePair> sent = trial.sentBetween(Long.MIN_VALUE, Long.MAX_VALUE);
        long writes = sent.stream().filter(pair -> pair.control().write()).count();
        double seconds = sent.isEmpty()
                ? 0
                : (sent.getLast().intended() - sent.getFirst().intended()) / 1e9;
        Optional<Event.TrafficCounted> counted =
                trial.first(Event.TrafficCounted.class).map(Timed::event);
        return new TrafficReading(
                counted.map(Event.TrafficCounted::seen).orElse(0L),
                counted.map(Event.TrafficCounted::offered).orElse(0L),
                counted.map(Event.TrafficCounted::delivered).orElse(0L),
                counted.map(event -> (Map<String, Long>) new TreeMap<>(event.dropped()))
                        .orElse(Map.of()),
                sent.size(),
                writes,
                seconds > 0 ? sent.size() / seconds : 0);
    }
}
