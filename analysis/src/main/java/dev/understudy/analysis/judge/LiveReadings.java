package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.LiveSign;
import dev.understudy.analysis.rules.Values;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// How live fared beside the shadow, and whether the run was stopped for its sake.
final class LiveReadings {
    private static final String LATENCY = "latency-p99";
    private static final List<String> GUARDED = List.of(LATENCY, "io-pressure", "memory-pressure");

    private LiveReadings() {}

    static List<LiveSign> of(Journal journal) {
        Optional<Event.LiveLearned> learned =
                journal.events(Event.LiveLearned.class).findFirst();
        if (learned.isEmpty()) {
            return List.of();
        }
        Map<String, Double> worst = journal.events(Event.LiveWatched.class)
                .findFirst()
                .map(Event.LiveWatched::worst)
                .orElse(Map.of());
        return new TreeSet<>(learned.get().before().keySet())
                .stream()
                        .map(sign -> new LiveSign(
                                sign,
                                value(learned.get().before(), sign),
                                value(worst, sign),
                                value(learned.get().limits(), sign)))
                        .toList();
    }

    private static OptionalDouble value(Map<String, Double> values, String sign) {
        Double value = values.get(sign);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /// Why the run was stopped for live's sake; empty if it was not.
    static Optional<Reason> stop(Scenario scenario, Journal journal) {
        return journal.events(Event.LiveSuffers.class)
                .findFirst()
                .map(stop ->
                        Reason.of("Stopped: " + sentence(stop) + ".", "live's guard", scenario.place(), measure(stop)));
    }

    private static String sentence(Event.LiveSuffers stop) {
        String lasting = Values.duration(stop.lastingNanos());
        if (!GUARDED.contains(stop.sign())) {
            return "live answered nothing for " + lasting + ", after " + Math.round(stop.before())
                    + " requests a second before";
        }
        String what = stop.sign().equals(LATENCY)
                ? "live's p99"
                : "the " + stop.sign().replace('-', ' ') + " on live's host";
        return what + " rose from " + text(stop.sign(), stop.before()) + " to " + text(stop.sign(), stop.reached())
                + " over " + lasting;
    }

    private static String measure(Event.LiveSuffers stop) {
        return GUARDED.contains(stop.sign())
                ? text(stop.sign(), stop.reached()) + " of " + text(stop.sign(), stop.limit())
                : "";
    }

    private static String text(String sign, double value) {
        return sign.equals(LATENCY) ? Values.duration(Math.round(value * 1e9)) : Values.percent(value);
    }

    /// What of live nobody could see.
    static List<String> notChecked(Journal journal) {
        List<String> lines = new ArrayList<>();
        journal.events(Event.LiveLearned.class)
                .findFirst()
                .ifPresent(learned -> GUARDED.stream()
                        .filter(sign -> !learned.before().containsKey(sign))
                        .forEach(sign -> lines.add(
                                sign.equals(LATENCY)
                                        ? "live's own latency beside the shadow: the traffic is recorded"
                                        : "the " + sign.replace('-', ' ') + " on live's host: it can't be seen here")));
        return lines;
    }
}
