package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Points;
import java.util.OptionalDouble;

/// How fast series change. Each needs two samples, else there is no result.
final class Rates {
    /// A gap of up to so many mean distances at an end of the window counts as covered.
    private static final double COVERED = 1.1;

    private Rates() {}

    /// The growth of a counter over the window.
    static OptionalDouble increase(Window window) {
        return extrapolated(window, true);
    }

    /// The growth of a counter for each second.
    static OptionalDouble rate(Window window) {
        OptionalDouble increase = increase(window);
        return increase.isPresent()
                ? OptionalDouble.of(increase.getAsDouble() / window.seconds())
                : OptionalDouble.empty();
    }

    /// The change of a gauge over the window.
    static OptionalDouble delta(Window window) {
        return extrapolated(window, false);
    }

    // What was seen between the first and the last sample is stretched to the whole window. An end that
    // lies farther from its sample than samples lie from each other isn't covered by the series: then half
    // a distance is added there. And no counter is stretched back beyond where it would have been 0.
    private static OptionalDouble extrapolated(Window window, boolean counter) {
        Points points = window.points();
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        double change = points.last() - points.first() + (counter ? lostByResets(points) : 0);
        double seen = points.seconds(0, points.size() - 1);
        double distance = seen / (points.size() - 1);
        double before = window.secondsBefore() < distance * COVERED ? window.secondsBefore() : distance / 2;
        double after = window.secondsAfter() < distance * COVERED ? window.secondsAfter() : distance / 2;
        if (counter && change > 0 && points.first() >= 0) {
            before = Math.min(before, seen * (points.first() / change));
        }
        return OptionalDouble.of(change * ((seen + before + after) / seen));
    }

    private static double lostByResets(Points points) {
        double[] values = points.values();
        double lost = 0;
        for (int i = 1; i < values.length; i++) {
            lost += values[i] < values[i - 1] ? values[i - 1] : 0;
        }
        return lost;
    }

    /// The growth for each second between the last two samples of a counter.
    static OptionalDouble instantRate(Window window) {
        Points points = window.points();
        int last = points.size() - 1;
        if (last < 1) {
            return OptionalDouble.empty();
        }
        double before = points.values()[last - 1];
        double growth = points.last() < before ? points.last() : points.last() - before;
        return OptionalDouble.of(growth / points.seconds(last - 1, last));
    }

    /// The change between the last two samples of a gauge.
    static OptionalDouble instantDelta(Window window) {
        Points points = window.points();
        int last = points.size() - 1;
        return last < 1 ? OptionalDouble.empty() : OptionalDouble.of(points.last() - points.values()[last - 1]);
    }
}
