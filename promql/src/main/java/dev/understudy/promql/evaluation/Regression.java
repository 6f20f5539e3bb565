package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Nanos;
import dev.understudy.promql.series.Points;
import java.util.Arrays;
import java.util.Optional;

/// The straight line through samples, by least squares.
///
/// @param slope for each second
/// @param level at the instant that was asked for
record Regression(double slope, double level) {

    /// The line through `points`, with its level at `nanos`; empty for fewer than two samples.
    static Optional<Regression> of(Points points, long nanos) {
        int count = points.size();
        if (count < 2) {
            return Optional.empty();
        }
        double[] values = points.values();
        // A constant series has no slope at all, rather than what rounding leaves of one.
        if (Arrays.stream(values).allMatch(value -> value == values[0])) {
            return Optional.of(
                    Double.isInfinite(values[0])
                            ? new Regression(Double.NaN, Double.NaN)
                            : new Regression(0, values[0]));
        }
        double[] times = Arrays.stream(points.nanos())
                .mapToDouble(at -> (at - nanos) / Nanos.SECOND)
                .toArray();
        double meanTime = Statistics.mean(times);
        double meanValue = Statistics.mean(values);
        double[] products = new double[count];
        double[] squares = new double[count];
        for (int i = 0; i < count; i++) {
            products[i] = (times[i] - meanTime) * (values[i] - meanValue);
            squares[i] = (times[i] - meanTime) * (times[i] - meanTime);
        }
        double slope = Statistics.sum(products) / Statistics.sum(squares);
        return Optional.of(new Regression(slope, meanValue - slope * meanTime));
    }
}
