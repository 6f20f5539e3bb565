package dev.understudy.analysis.rules;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.Target;
import java.time.Duration;
import java.util.OptionalLong;

/// Rules for tests.
final class Rules {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    private static final Place PLACE = new Place("scenario.yaml", 1, 1);

    private Rules() {}

    static StabilityRule errors(double max, Duration lasting, long minRequests) {
        return rule("errors", new Metric.ErrorRate(), Quantity.Unit.SHARE, max, lasting, minRequests);
    }

    static StabilityRule slow(double quantile, double seconds, Duration lasting, long minRequests) {
        return rule("slow", new Metric.Latency(quantile), Quantity.Unit.TIME, seconds, lasting, minRequests);
    }

    static StabilityRule exits(long max, Duration lasting) {
        return rule("exits", new Metric.ProcessExit(), Quantity.Unit.COUNT, max, lasting, 0);
    }

    private static StabilityRule rule(
            String id, Metric metric, Quantity.Unit unit, double max, Duration lasting, long minRequests) {
        return new StabilityRule(
                id,
                PLACE,
                metric,
                new Target.OfService("gateway"),
                new Quantity(unit, max, Double.toString(max)),
                lasting,
                minRequests == 0 ? OptionalLong.empty() : OptionalLong.of(minRequests));
    }
}
