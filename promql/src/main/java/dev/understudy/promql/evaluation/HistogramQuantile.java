package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// A quantile of what was counted in cumulative buckets, by the rules for classic histograms at
/// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
final class HistogramQuantile {
    private static final String BOUND = "le";
    /// Of the sum of two neighbours: a smaller difference is a rounding error.
    private static final double TOLERANCE = 1e-12;

    private HistogramQuantile() {}

    /// One element for each histogram among `buckets`; elements without a bound are passed over.
    static List<Sample> of(double share, List<Sample> buckets) {
        Map<Labels, NavigableMap<Double, Double>> histograms = new LinkedHashMap<>();
        for (Sample bucket : buckets) {
            OptionalDouble bound = FloatText.parse(bucket.labels().get(BOUND));
            if (bound.isPresent()) {
                Labels histogram = bucket.labels().with(BOUND, "");
                histograms
                        .computeIfAbsent(histogram, labels -> new TreeMap<>())
                        .merge(bound.getAsDouble(), bucket.value(), Double::sum);
            }
        }
        List<Sample> quantiles = new ArrayList<>();
        histograms.forEach((labels, counts) -> quantiles.add(new Sample(labels.unnamed(), quantile(share, counts))));
        return quantiles;
    }

    private static double quantile(double share, NavigableMap<Double, Double> counts) {
        if (Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double[] bounds =
                counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] rising = rising(counts);
        double observations = rising[rising.length - 1];
        boolean complete = bounds.length > 1 && bounds[bounds.length - 1] == Double.POSITIVE_INFINITY;
        return complete && observations != 0 ? interpolated(share * observations, bounds, rising) : Double.NaN;
    }

    // Counts that fall from one bucket to the next can't be: they are raised to the one before.
    private static double[] rising(NavigableMap<Double, Double> counts) {
        double[] rising =
                counts.values().stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 1; i < rising.length; i++) {
            boolean same = Math.abs(rising[i] - rising[i - 1]) <= TOLERANCE * Math.abs(rising[i] + rising[i - 1]);
            rising[i] = same || rising[i] < rising[i - 1] ? rising[i - 1] : rising[i];
        }
        return rising;
    }

    private static double interpolated(double rank, double[] bounds, double[] counts) {
        int bucket = 0;
        while (bucket < counts.length - 1 && !(counts[bucket] >= rank)) {
            bucket++;
        }
        if (bucket == counts.length - 1) {
            return bounds[bucket - 1];
        }
        if (bucket == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double lower = bucket == 0 ? 0 : bounds[bucket - 1];
        double below = bucket == 0 ? 0 : counts[bucket - 1];
        return lower + (bounds[bucket] - lower) * ((rank - below) / (counts[bucket] - below));
    }
}
