package dev.understudy.promql.evaluation;

import java.util.Comparator;

/// Orders of numbers, which differ in where NaN goes.
final class Order {
    /// Ascending, NaN before all.
    static final Comparator<Double> NAN_FIRST =
            Comparator.<Double, Boolean>comparing(value -> !value.isNaN()).thenComparing(Order::compare);

    /// Ascending elements, NaN behind all.
    static final Comparator<Sample> ASCENDING = Comparator.<Sample, Boolean>comparing(
                    sample -> Double.isNaN(sample.value()))
            .thenComparing(Sample::value, Order::compare);

    /// Descending elements, NaN behind all.
    static final Comparator<Sample> DESCENDING = Comparator.<Sample, Boolean>comparing(
                    sample -> Double.isNaN(sample.value()))
            .thenComparing(Sample::value, (a, b) -> compare(b, a));

    private Order() {}

    // -0 and 0 are the same, unlike for Double.compare.
    private static int compare(Double a, Double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }
}
