package dev.understudy.analysis.rules;

import dev.understudy.scenario.Bound;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Count;
import dev.understudy.scenario.StabilityRule.NoData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A rule on samples that are taken again and again. Its value is the mean of the samples in the trailing window;
/// with a count (k of n) it is the k-th worst of the last n, so that the value is beyond the limit exactly if k of
/// them are. A source that gave nothing for three of its intervals is silent, and so is a count that has not got
/// its n samples in twice the time that they take.
public final class SampleMeter implements Meter {
    private static final int SILENT_AFTER = 3;

    private final Bound bound;
    private final NoData noData;
    private final Optional<Count> count;
    private final long length;
    private final long every;
    private final long watchFrom;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private boolean withheld;
    private boolean broken;
    private long firstBadAt;
    private boolean blind;
    private long blindSince;
    private long lastAt;

    private record Sample(long at, double value) {}

    /// @param watchFrom since when the rule watches
    public SampleMeter(StabilityRule rule, long watchFrom) {
        this.bound = rule.bound();
        this.noData = rule.sampling().noData();
        this.count = rule.sampling().count();
        this.length = rule.lasting().toNanos();
        this.every = rule.sampling().every().toNanos();
        this.watchFrom = watchFrom;
        this.lastAt = watchFrom;
    }

    /// A sample was taken. Samples come in the order of time; what is no number is no sample.
    public void add(long at, double value) {
        if (at >= watchFrom && !withheld && !Double.isNaN(value)) {
            samples.addLast(new Sample(at, value));
            lastAt = at;
        }
    }

    @Override
    public void withhold(boolean whether) {
        withheld = whether;
    }

    @Override
    public Reading read(long now, OptionalDouble limit) {
        forget(now);
        OptionalDouble value = value();
        boolean silent = withheld || now - lastAt > Math.max(length, SILENT_AFTER * every);
        boolean late = now >= watchFrom + (count.isPresent() ? 2 * length : length);
        if (value.isEmpty() && !late) {
            return new Reading(Reading.State.FILLING, value, 0, 0);
        }
        if (value.isEmpty() || silent || limit.isEmpty()) {
            return missing(now);
        }
        boolean full = count.isPresent() || late;
        return full
                ? judged(now, value.getAsDouble(), limit.getAsDouble())
                : new Reading(Reading.State.FILLING, value, 0, 0);
    }

    private void forget(long now) {
        if (count.isPresent()) {
            while (samples.size() > count.get().samples()) {
                samples.removeFirst();
            }
            return;
        }
        while (!samples.isEmpty() && samples.getFirst().at <= now - length) {
            samples.removeFirst();
        }
    }

    private OptionalDouble value() {
        if (count.isEmpty()) {
            return samples.stream().mapToDouble(Sample::value).average();
        }
        Count wanted = count.get();
        if (samples.size() < wanted.samples()) {
            return OptionalDouble.empty();
        }
        List<Double> rising = samples.stream().map(Sample::value).sorted().toList();
        int index = bound.side() == Bound.Side.MAX ? rising.size() - wanted.broken() : wanted.broken() - 1;
        return OptionalDouble.of(rising.get(index));
    }

    private Reading missing(long now) {
        broken = false;
        if (!blind) {
            blind = true;
            blindSince = Math.min(lastAt, now);
        }
        return noData == NoData.BREACH
                ? new Reading(Reading.State.BROKEN, OptionalDouble.empty(), blindSince, 0)
                : new Reading(Reading.State.BLIND, OptionalDouble.empty(), 0, blindSince);
    }

    private Reading judged(long now, double value, double limit) {
        blind = false;
        boolean beyond = bound.isBeyond(value, limit);
        if (beyond && !broken) {
            firstBadAt = samples.stream()
                    .filter(sample -> bound.isBeyond(sample.value, limit))
                    .mapToLong(Sample::at)
                    .findFirst()
                    .orElse(now);
        }
        broken = beyond;
        return new Reading(
                beyond ? Reading.State.BROKEN : Reading.State.HOLDS,
                OptionalDouble.of(value),
                beyond ? firstBadAt : 0,
                0);
    }
}
