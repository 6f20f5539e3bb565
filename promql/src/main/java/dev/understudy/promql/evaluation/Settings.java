package dev.understudy.promql.evaluation;

import java.time.Duration;

/// How Prometheus is set up where it matters for the result.
///
/// @param lookback how old a sample may be to count as the present value (`--query.lookback-delta`)
/// @param step of subqueries that name none (`global.evaluation_interval`)
/// @param mostSamples looked at in one evaluation before it is given up (`--query.max-samples`)
public record Settings(Duration lookback, Duration step, long mostSamples) {
    /// Prometheus' own defaults: 5 min, 1 min, 50 million.
    public static final Settings USUAL = new Settings(Duration.ofMinutes(5), Duration.ofMinutes(1), 50_000_000);

    /// The same with another step.
    public Settings withStep(Duration other) {
        return new Settings(lookback, other, mostSamples);
    }
}
