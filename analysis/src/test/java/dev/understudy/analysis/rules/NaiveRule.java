package dev.understudy.analysis.rules;

import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// A rule as one would write it down: keeps everything, computes everything anew. The reference for
/// [RuleMeter].
final class NaiveRule {
    record Told(long intendedAt, long endedAt, boolean failure) {}

    private final StabilityRule rule;
    private final long watchFrom;
    final List<Told> told = new ArrayList<>();
    final List<Told> out = new ArrayList<>();
    private boolean broken;
    private long firstBadAt;

    NaiveRule(StabilityRule rule, long watchFrom) {
        this.rule = rule;
        this.watchFrom = watchFrom;
    }

    Reading read(long now) {
        List<Told> seen = new ArrayList<>(told.stream()
                .filter(t -> t.intendedAt() >= watchFrom)
                .filter(t -> t.endedAt() > now - rule.lasting().toNanos())
                .toList());
        if (rule.metric() instanceof Metric.Latency) {
            out.stream()
                    .filter(t -> t.intendedAt() >= watchFrom && isSlow(now - t.intendedAt()))
                    .forEach(t -> seen.add(new Told(t.intendedAt(), now, false)));
        }
        boolean isBlind = seen.size() < rule.minRequests().orElse(1);
        OptionalDouble value = isBlind ? OptionalDouble.empty() : OptionalDouble.of(value(seen));
        if (now < watchFrom + rule.lasting().toNanos()) {
            return new Reading(Reading.State.FILLING, value, 0, 0);
        }
        if (isBlind) {
            return new Reading(Reading.State.BLIND, value, 0, 0);
        }
        boolean isBroken = value.getAsDouble() > rule.bound().fixed().value();
        if (isBroken && !broken) {
            firstBadAt = firstBad(seen);
        }
        broken = isBroken;
        return isBroken
                ? new Reading(Reading.State.BROKEN, value, firstBadAt, 0)
                : new Reading(Reading.State.HOLDS, value, 0, 0);
    }

    private boolean isSlow(long latency) {
        return latency > rule.bound().fixed().value() * 1e9;
    }

    private boolean isBad(Told told) {
        return rule.metric() instanceof Metric.Latency ? isSlow(told.endedAt() - told.intendedAt()) : told.failure();
    }

    private double value(List<Told> seen) {
        if (rule.metric() instanceof Metric.Latency latency) {
            List<Long> sorted = seen.stream()
                    .map(t -> t.endedAt() - t.intendedAt())
                    .sorted()
                    .toList();
            int rank = (int) Math.ceil(latency.quantile() * sorted.size());
            return sorted.get(Math.max(0, rank - 1)) / 1e9;
        }
        return (double) seen.stream().filter(Told::failure).count() / seen.size();
    }

    private long firstBad(List<Told> seen) {
        double allowed = rule.metric() instanceof Metric.Latency latency
                ? 1 - latency.quantile()
                : rule.bound().fixed().value();
        Comparator<Told> byExcess = Comparator.comparingDouble(begin -> seen.stream()
                .filter(t -> t.intendedAt() > begin.intendedAt() || t == begin)
                .mapToDouble(t -> (isBad(t) ? 1 : 0) - allowed)
                .sum());
        return seen.stream()
                .filter(this::isBad)
                .max(byExcess.thenComparing(
                        Comparator.comparingLong(Told::intendedAt).reversed()))
                .orElseThrow()
                .intendedAt();
    }
}
