package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;

/// What each rule saw between change and rollback.
final class RuleReadings {
    private RuleReadings() {}

    static List<RuleReading> of(Scenario scenario, TrialRecord trial) {
        RuleHistory history = new RuleHistory(scenario, trial);
        long watch = trial.watchBegan().orElse(Long.MAX_VALUE);
        long rollback = trial.rollbackBegan().orElse(Long.MAX_VALUE);
        return scenario.stability().stream()
                .map(rule -> {
                    OptionalLong brokeAt = history.of(RuleHistory.CANDIDATE, rule.id()).stream()
                            .mapToLong(RuleHistory.Episode::from)
                            .filter(at -> at >= watch && at <= rollback)
                            .min();
                    return new RuleReading(
                            rule.id(),
                            rule.place(),
                            rule.metric().toString(),
                            rule.target().toString(),
                            rule.bound().comparison().isPresent()
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(rule.bound().fixed().value()),
                            rule.bound().text(),
                            worst(trial, history, RuleHistory.CANDIDATE, rule, rollback),
                            worst(trial, history, RuleHistory.CONTROL, rule, rollback),
                            brokeAt,
                            brokeAt.isPresent() && history.isShared(rule.id(), brokeAt.getAsLong()),
                            history.blindness(rule.id(), watch, rollback).total());
                })
                .toList();
    }

    private static OptionalDouble worst(
            TrialRecord trial, RuleHistory history, String arm, StabilityRule rule, long rollback) {
        DoubleStream watched = trial.events(Event.RuleWatched.class)
                .filter(each -> each.arm().equals(arm) && each.rule().equals(rule.id()))
                .mapToDouble(Event.RuleWatched::worst);
        DoubleStream broke = history.of(arm, rule.id()).stream()
                .filter(episode -> episode.from() <= rollback)
                .mapToDouble(RuleHistory.Episode::value);
        return DoubleStream.concat(watched, broke)
                .filter(value -> !Double.isNaN(value))
                .reduce(rule.bound()::worse);
    }
}
