package dev.understudy.promql.evaluation;

import java.util.Arrays;

/// Figures of a set of numbers. None of the arrays is empty or changed.
final class Statistics {
    private Statistics() {}

    /// The sum with Neumaier's compensation (Z. Angew. Math. Mech. 54, 1974), which keeps small addends.
    static double sum(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return Double.isFinite(sum) ? sum + lost : sum;
    }

    /// The mean, also where the sum is too large for a double.
    static double mean(double[] values) {
        double sum = sum(values);
        return Double.isFinite(sum)
                ? sum / values.length
                : sum(Arrays.stream(values).map(value -> value / values.length).toArray());
    }

    /// The population variance.
    static double variance(double[] values) {
        double mean = mean(values);
        return mean(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .toArray());
    }

    /// The least; NaN only if all are.
    static double least(double[] values) {
        double least = Double.NaN;
        for (double value : values) {
            least = value < least || Double.isNaN(least) ? value : least;
        }
        return least;
    }

    /// The greatest; NaN only if all are.
    static double greatest(double[] values) {
        double greatest = Double.NaN;
        for (double value : values) {
            greatest = value > greatest || Double.isNaN(greatest) ? value : greatest;
        }
        return greatest;
    }

    /// The `share`-quantile, between two values in proportion; −Inf and +Inf outside of 0..1. NaN counts
    /// as least.
    static double quantile(double share, double[] values) {
        if (Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double[] sorted = Arrays.stream(values)
                .boxed()
                .sorted(Order.NAN_FIRST)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double rank = share * (sorted.length - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(sorted.length - 1, lower + 1);
        double weight = rank - lower;
        return sorted[lower] * (1 - weight) + sorted[upper] * weight;
    }
}
