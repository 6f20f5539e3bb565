package dev.understudy.analysis.rules;

import java.util.Arrays;

/// Finds where a bad period began: of all stretches that last until now, the one whose bad exchanges exceed
/// what the rule allows by most. A stray bad exchange long before a bad period doesn't belong to it,
/// because the good ones in between cost more than it brings. (The maximum-likelihood change point of a
/// share; Page 1954, as used in CUSUM.)
final class BadStretch {
    private long[] intended = new long[64];
    private int size;
    private int bad;

    /// Adds an exchange that was meant to begin at `intendedAt`.
    void add(long intendedAt, boolean isBad) {
        if (size == intended.length) {
            intended = Arrays.copyOf(intended, size * 2);
        }
        // the lowest bit carries the verdict: a nanosecond is no loss, and one array of primitives sorts
        // fast
        intended[size++] = (intendedAt << 1) | (isBad ? 1 : 0);
        bad += isBad ? 1 : 0;
    }

    /// When the bad stretch began, or `otherwise` if nothing bad was added.
    ///
    /// @param allowed the share of bad exchanges that the rule allows
    long begin(double allowed, long otherwise) {
        if (bad == 0) {
            return otherwise;
        }
        Arrays.sort(intended, 0, size);
        double excess = 0;
        double most = Double.NEGATIVE_INFINITY;
        long begin = otherwise;
        for (int i = size - 1; i >= 0; i--) {
            boolean isBad = (intended[i] & 1) == 1;
            excess += (isBad ? 1 : 0) - allowed;
            if (isBad && excess >= most - 1e-9) {
                most = Math.max(most, excess);
                begin = intended[i] >> 1;
            }
        }
        return begin;
    }
}
