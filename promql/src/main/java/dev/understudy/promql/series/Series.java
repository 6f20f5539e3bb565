package dev.understudy.promql.series;

import java.util.Arrays;
import java.util.OptionalInt;

/// The samples of one label set, in the order of time. Not thread-safe.
public final class Series {
    /// Prometheus' own mark for "no longer there": a NaN that no arithmetic yields. Values are kept as
    /// bits, other NaNs as the one canonical NaN, so that nothing else is taken for it.
    private static final long STALE = 0x7ff0000000000002L;

    private static final int FIRST_CAPACITY = 16;

    private final Labels labels;
    private long[] nanos = new long[FIRST_CAPACITY];
    private long[] bits = new long[FIRST_CAPACITY];
    private int size;

    Series(Labels labels) {
        this.labels = labels;
    }

    /// What the series is called.
    public Labels labels() {
        return labels;
    }

    /// How many samples and stale marks are held.
    public int size() {
        return size;
    }

    /// The newest sample in (`at` − `lookback`, `at`]; empty if there is none or the series was stale by
    /// then.
    public OptionalInt latest(long at, long lookback) {
        int index = firstAfter(at) - 1;
        boolean fresh = index >= 0 && nanos[index] > Nanos.minus(at, lookback) && bits[index] != STALE;
        return fresh ? OptionalInt.of(index) : OptionalInt.empty();
    }

    /// The value of the sample that [#latest] named.
    public double value(int index) {
        return Double.longBitsToDouble(bits[index]);
    }

    /// The time of the sample that [#latest] named, in nanoseconds.
    public long nanos(int index) {
        return nanos[index];
    }

    /// The samples in (`after`, `until`]; stale marks are left out. The interval is open at its start, as
    /// since Prometheus 3.
    public Points between(long after, long until) {
        int from = firstAfter(after);
        int to = Math.max(from, firstAfter(until));
        long[] times = new long[to - from];
        double[] values = new double[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (bits[i] != STALE) {
                times[count] = nanos[i];
                values[count++] = Double.longBitsToDouble(bits[i]);
            }
        }
        return new Points(Arrays.copyOf(times, count), Arrays.copyOf(values, count));
    }

    /// Whether a sample at `at` would be the newest.
    boolean isAfterLast(long at) {
        return size == 0 || nanos[size - 1] < at;
    }

    boolean isStale() {
        return size > 0 && bits[size - 1] == STALE;
    }

    void append(long at, double value) {
        push(at, Double.doubleToLongBits(value));
    }

    void appendStale(long at) {
        push(at, STALE);
    }

    /// Forgets what is older than `oldest` if the arrays are full, and returns how many samples went.
    int makeRoom(long oldest) {
        int gone = size < nanos.length ? 0 : firstAfter(oldest);
        if (gone > 0) {
            System.arraycopy(nanos, gone, nanos, 0, size - gone);
            System.arraycopy(bits, gone, bits, 0, size - gone);
            size -= gone;
        }
        return gone;
    }

    private void push(long at, long value) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
            bits = Arrays.copyOf(bits, size * 2);
        }
        nanos[size] = at;
        bits[size++] = value;
    }

    private int firstAfter(long at) {
        int found = Arrays.binarySearch(nanos, 0, size, at);
        return found < 0 ? -found - 1 : found + 1;
    }
}
