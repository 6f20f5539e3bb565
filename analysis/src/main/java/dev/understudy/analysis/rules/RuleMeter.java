package dev.understudy.analysis.rules;

import dev.understudy.scenario.Bound;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.NoData;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// A rule on what links and processes measure. Only exchanges meant to begin since
/// the rules watch count. Times are nanoseconds on the run's timeline, values are in the unit of the metric
/// (share, seconds, count). Latency runs from the intended start, and an exchange that is still out counts
/// with its age as soon as that is beyond the limit: until then it is neither good nor bad. Failed
/// exchanges have a latency, too. Memory is bounded by the window and by what is out. Not thread-safe.
public final class RuleMeter implements Meter {
    private final Metric metric;
    private final Bound bound;
    private final NoData noData;
    private final long length;
    private final long required;
    private final long watchFrom;
    private final Window window;
    private final Map<Long, Long> outstanding = new HashMap<>();
    private long[] latencies = new long[256];
    private long latest;
    private boolean withheld;
    private long withheldSince;
    private boolean broken;
    private long firstBadAt;
    private boolean blind;
    private long blindSince;
    private boolean everRead;
    private double max;
    private long maxNanos;

    /// @param watchFrom since when the rule watches
    public RuleMeter(StabilityRule rule, long watchFrom) {
        metric = rule.metric();
        bound = rule.bound();
        noData = rule.sampling().noData();
        length = rule.lasting().toNanos();
        required = metric instanceof Metric.ProcessExit
                ? 0
                : Math.max(1, rule.minRequests().orElse(1));
        this.watchFrom = watchFrom;
        window = new Window(length);
        latest = watchFrom;
    }

    /// A rule of that kind can be metered here.
    public static boolean meters(Metric metric) {
        return !(metric instanceof Metric.Sampled) && !(metric instanceof Metric.Use);
    }

    /// An exchange was meant to begin at `intendedAt`, whether or not it could be sent yet.
    public void began(long id, long intendedAt) {
        if (intendedAt >= watchFrom) {
            outstanding.put(id, intendedAt);
        }
    }

    /// An exchange whose begin is known ended. One whose begin was never told, or was before the rules
    /// watched, is ignored.
    public void ended(long id, long endedAt, boolean failure) {
        Long intendedAt = outstanding.remove(id);
        if (intendedAt != null) {
            sample(intendedAt, endedAt, failure);
        }
    }

    /// An exchange whose begin was told was never sent, and never will be.
    public void forgotten(long id) {
        outstanding.remove(id);
    }

    /// An exchange, or a turn-around, on a link.
    public void sample(long startedAt, long endedAt, boolean failure) {
        if (startedAt >= watchFrom && !withheld && !(metric instanceof Metric.ProcessExit)) {
            window.add(startedAt, endedAt, failure);
        }
        latest = Math.max(latest, endedAt);
    }

    /// A process ended by itself.
    public void exited(long at) {
        if (at >= watchFrom && !withheld && metric instanceof Metric.ProcessExit) {
            window.add(at, at, true);
        }
        latest = Math.max(latest, at);
    }

    @Override
    public void withhold(boolean whether) {
        if (whether && !withheld) {
            withheldSince = latest;
        }
        withheld = whether;
    }

    /// What the rule reads against a limit that stands in the file.
    public Reading read(long now) {
        return read(now, bound.limit(OptionalDouble.empty()));
    }

    @Override
    public Reading read(long now, OptionalDouble limit) {
        max = limit.orElse(Double.POSITIVE_INFINITY);
        maxNanos = Math.round(max * 1e9);
        latest = Math.max(latest, now);
        window.slideTo(now);
        int overdue = overdue(now);
        OptionalDouble value = isBlind(window.size() + overdue) ? OptionalDouble.empty() : value(now, overdue);
        everRead |= value.isPresent();
        if (now < watchFrom + length) {
            return new Reading(Reading.State.FILLING, value, 0, 0);
        }
        return value.isPresent() && limit.isPresent() ? judged(now, value.getAsDouble()) : missing(now);
    }

    private boolean isBlind(int counted) {
        return metric instanceof Metric.ProcessExit ? withheld : counted < required;
    }

    private Reading missing(long now) {
        if (!blind) {
            blind = true;
            long gapSince = withheld ? withheldSince : now;
            blindSince = everRead ? gapSince : watchFrom;
        }
        return noData == NoData.BREACH
                ? new Reading(Reading.State.BROKEN, OptionalDouble.empty(), blindSince, 0)
                : new Reading(Reading.State.BLIND, OptionalDouble.empty(), 0, blindSince);
    }

    private Reading judged(long now, double value) {
        blind = false;
        boolean isBroken = metric instanceof Metric.Latency ? Math.round(value * 1e9) > maxNanos : value > max;
        if (isBroken && !broken) {
            firstBadAt = firstBad(now);
        }
        broken = isBroken;
        return isBroken
                ? new Reading(Reading.State.BROKEN, OptionalDouble.of(value), firstBadAt, 0)
                : new Reading(Reading.State.HOLDS, OptionalDouble.of(value), 0, 0);
    }

    private OptionalDouble value(long now, int overdue) {
        return OptionalDouble.of(
                switch (metric) {
                    case Metric.ErrorRate _, Metric.Status _ -> (double) failures() / window.size();
                    case Metric.Latency latency -> latency(now, overdue, latency.quantile());
                    case Metric.ProcessExit _ -> window.size();
                    case Metric.Use _, Metric.Sampled _ -> throw new IllegalStateException(metric + " has samples");
                });
    }

    private int failures() {
        int failures = 0;
        for (int i = 0; i < window.size(); i++) {
            failures += window.failed(i) ? 1 : 0;
        }
        return failures;
    }

    private double latency(long now, int overdue, double quantile) {
        int count = window.size() + overdue;
        if (latencies.length < count) {
            latencies = new long[count * 2];
        }
        int next = 0;
        for (; next < window.size(); next++) {
            latencies[next] = window.latency(next);
        }
        for (long intendedAt : outstanding.values()) {
            if (isOverdue(intendedAt, now)) {
                latencies[next++] = now - intendedAt;
            }
        }
        return Quantiles.of(latencies, count, quantile) / 1e9;
    }

    private int overdue(long now) {
        if (withheld || !(metric instanceof Metric.Latency)) {
            return 0;
        }
        int count = 0;
        for (long intendedAt : outstanding.values()) {
            count += isOverdue(intendedAt, now) ? 1 : 0;
        }
        return count;
    }

    private boolean isOverdue(long intendedAt, long now) {
        return !withheld && now - intendedAt > maxNanos;
    }

    private long firstBad(long now) {
        BadStretch stretch = new BadStretch();
        boolean byLatency = metric instanceof Metric.Latency;
        for (int i = 0; i < window.size(); i++) {
            stretch.add(window.intended(i), byLatency ? window.latency(i) > maxNanos : window.failed(i));
        }
        if (byLatency) {
            outstanding.values().stream()
                    .filter(intendedAt -> isOverdue(intendedAt, now))
                    .forEach(intendedAt -> stretch.add(intendedAt, true));
        }
        return stretch.begin(allowedShare(), now);
    }

    private double allowedShare() {
        return switch (metric) {
            case Metric.ErrorRate _, Metric.Status _ -> max;
            case Metric.Latency latency -> 1 - latency.quantile();
            case Metric.ProcessExit _, Metric.Use _, Metric.Sampled _ -> 0;
        };
    }
}
