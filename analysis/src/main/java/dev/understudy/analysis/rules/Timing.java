package dev.understudy.analysis.rules;

import dev.understudy.journal.ExchangeRecord;

/// When an exchange was meant to begin and when it ended, in nanoseconds on the run's timeline; whether it
/// failed.
public record Timing(long intendedAt, long endedAt, boolean failure, boolean probe) {

    /// A mirrored exchange.
    public static Timing of(long intendedAt, long endedAt, boolean failure) {
        return new Timing(intendedAt, endedAt, failure, false);
    }

    /// One of the tool's own probes: counts for downtime only.
    public static Timing ofProbe(long intendedAt, long endedAt, boolean failure) {
        return new Timing(intendedAt, endedAt, failure, true);
    }

    /// A recorded exchange: failed if there was no answer or one of 500 or above.
    public static Timing of(ExchangeRecord exchange) {
        boolean failure = exchange.status() == 0 || exchange.status() >= 500;
        return new Timing(exchange.intended(), exchange.ended(), failure, exchange.isProbe());
    }

    /// From the intended start to the end.
    public long latency() {
        return endedAt - intendedAt;
    }
}
