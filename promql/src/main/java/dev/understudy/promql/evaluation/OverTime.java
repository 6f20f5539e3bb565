package dev.understudy.promql.evaluation;

import dev.understudy.promql.syntax.Function;
import java.util.Map;
import java.util.OptionalDouble;

/// What becomes of the samples of one series in a window; nothing where there are too few.
interface OverTime {
    /// Those that need nothing but the window.
    Map<Function, OverTime> TABLE = Map.ofEntries(
            Map.entry(Function.AVG_OVER_TIME, of(Statistics::mean)),
            Map.entry(Function.CHANGES, of(OverTime::changes)),
            Map.entry(Function.COUNT_OVER_TIME, of(values -> values.length)),
            Map.entry(Function.DELTA, Rates::delta),
            Map.entry(Function.DERIV, OverTime::slope),
            Map.entry(Function.IDELTA, Rates::instantDelta),
            Map.entry(Function.INCREASE, Rates::increase),
            Map.entry(Function.IRATE, Rates::instantRate),
            Map.entry(Function.LAST_OVER_TIME, of(values -> values[values.length - 1])),
            Map.entry(Function.MAX_OVER_TIME, of(Statistics::greatest)),
            Map.entry(Function.MIN_OVER_TIME, of(Statistics::least)),
            Map.entry(Function.PRESENT_OVER_TIME, of(values -> 1)),
            Map.entry(Function.RATE, Rates::rate),
            Map.entry(Function.RESETS, of(OverTime::resets)),
            Map.entry(Function.STDDEV_OVER_TIME, of(values -> Math.sqrt(Statistics.variance(values)))),
            Map.entry(Function.STDVAR_OVER_TIME, of(Statistics::variance)),
            Map.entry(Function.SUM_OVER_TIME, of(Statistics::sum)));

    OptionalDouble over(Window window);

    /// A figure of numbers.
    interface Figure {
        double of(double[] values);
    }

    /// A figure of the values, whenever they were taken.
    static OverTime of(Figure figure) {
        return window -> OptionalDouble.of(figure.of(window.points().values()));
    }

    /// What the line through the samples says for `seconds` after `nanos`.
    static OverTime prediction(double seconds, long nanos) {
        return window -> Regression.of(window.points(), nanos)
                .map(line -> OptionalDouble.of(line.level() + line.slope() * seconds))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble slope(Window window) {
        return Regression.of(window.points(), window.points().nanos()[0])
                .map(line -> OptionalDouble.of(line.slope()))
                .orElse(OptionalDouble.empty());
    }

    private static double changes(double[] values) {
        int changes = 0;
        for (int i = 1; i < values.length; i++) {
            boolean bothNaN = Double.isNaN(values[i]) && Double.isNaN(values[i - 1]);
            changes += values[i] != values[i - 1] && !bothNaN ? 1 : 0;
        }
        return changes;
    }

    private static double resets(double[] values) {
        int resets = 0;
        for (int i = 1; i < values.length; i++) {
            resets += values[i] < values[i - 1] ? 1 : 0;
        }
        return resets;
    }
}
