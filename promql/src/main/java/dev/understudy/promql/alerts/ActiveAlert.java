package dev.understudy.promql.alerts;

import dev.understudy.promql.series.Labels;
import java.util.Map;
import java.util.OptionalLong;

/// An alert with one label set, from when its expression first yields it to when it has ended
/// (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/).
final class ActiveAlert {
    private final String group;
    private final Rule.Alerting rule;
    private final Labels labels;
    private final long activeAt;
    private OptionalLong firingAt = OptionalLong.empty();
    private OptionalLong absentSince = OptionalLong.empty();
    private OptionalLong endedAt = OptionalLong.empty();
    private double value;
    private Map<String, String> annotations = Map.of();

    ActiveAlert(String group, Rule.Alerting rule, Labels labels, long activeAt) {
        this.group = group;
        this.rule = rule;
        this.labels = labels;
        this.activeAt = activeAt;
    }

    Labels labels() {
        return labels;
    }

    long activeAt() {
        return activeAt;
    }

    boolean isFiring() {
        return firingAt.isPresent();
    }

    /// The expression yields it at `nanos`.
    void seen(long nanos, double latest, Map<String, String> texts) {
        value = latest;
        annotations = texts;
        absentSince = OptionalLong.empty();
        if (!isFiring() && nanos - activeAt >= rule.lasting().toNanos()) {
            firingAt = OptionalLong.of(nanos);
        }
    }

    /// The expression doesn't yield it at `nanos`; returns whether it fires on all the same.
    boolean missing(long nanos) {
        if (absentSince.isEmpty()) {
            absentSince = OptionalLong.of(nanos);
        }
        boolean kept = isFiring()
                && nanos - absentSince.getAsLong() < rule.keepFiring().toNanos();
        if (!kept) {
            ended(nanos);
        }
        return kept;
    }

    void ended(long nanos) {
        endedAt = OptionalLong.of(nanos);
    }

    AlertEpisode episode() {
        return new AlertEpisode(
                rule.name().text(),
                group,
                rule.name().place(),
                labels,
                annotations,
                rule.lasting(),
                activeAt,
                firingAt,
                endedAt,
                value);
    }
}
