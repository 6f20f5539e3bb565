package dev.understudy.promql.alerts;

import dev.understudy.promql.series.Labels;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/// One time during which an alert's expression yielded one label set. Times are nanoseconds of the
/// timeline.
///
/// @param labels with `alertname` and the rule's own
/// @param annotations at the end of it
/// @param needed the rule's `for`
/// @param activeAt from when its expression yielded it
/// @param firingAt from when it would have fired; empty if it ended or time ran out before
/// @param endedAt when it was no longer there; empty if it still was at the end
/// @param value the last that the expression yielded
public record AlertEpisode(
        String alert,
        String group,
        RulePlace place,
        Labels labels,
        Map<String, String> annotations,
        Duration needed,
        long activeAt,
        OptionalLong firingAt,
        OptionalLong endedAt,
        double value) {

    /// Whether it would have fired.
    public boolean fired() {
        return firingAt.isPresent();
    }

    /// How long it would have fired, up to `until` if it had not ended.
    public Duration firedFor(long until) {
        return fired() ? Duration.ofNanos(endedAt.orElse(until) - firingAt.getAsLong()) : Duration.ZERO;
    }

    /// How long it was pending, up to `until` if it still was.
    public Duration pendingFor(long until) {
        return Duration.ofNanos(firingAt.orElse(endedAt.orElse(until)) - activeAt);
    }
}
