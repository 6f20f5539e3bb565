package dev.understudy.analysis.rules;

import java.util.Arrays;

/// Quantiles by nearest rank: the smallest value that at least `quantile` of all values don't exceed.
public final class Quantiles {
    private Quantiles() {}

    /// The quantile of the first `size` values, which are reordered. @param size at least 1
    public static long of(long[] values, int size, double quantile) {
        Arrays.sort(values, 0, size);
        return values[rank(size, quantile) - 1];
    }

    /// The rank, counted from 1.
    private static int rank(int size, double quantile) {
        // a hair less, so that 0.99 of 100 is the 99th although 0.99 * 100 is a little more than 99 in
        // binary
        int rank = (int) Math.ceil(quantile * size - 1e-9);
        return Math.clamp(rank, 1, size);
    }
}
