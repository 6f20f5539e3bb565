package dev.understudy.analysis.rules;

import java.util.Arrays;

/// The measurements of a trailing window: when each was meant to begin, when it ended, whether it failed.
/// Columns of primitives, so that some thousand of them cost nothing to keep. They may come in any order.
/// Not thread-safe.
final class Window {
    private static final int SMALLEST = 256;

    private final long length;
    private long[] intended = new long[SMALLEST];
    private long[] ended = new long[SMALLEST];
    private boolean[] failed = new boolean[SMALLEST];
    private int size;
    private long latest = Long.MIN_VALUE;

    /// A window of `length` nanoseconds.
    Window(long length) {
        this.length = length;
    }

    void add(long intendedAt, long endedAt, boolean failure) {
        latest = Math.max(latest, endedAt);
        if (size == ended.length) {
            slideTo(latest);
            growIfCrowded();
        }
        intended[size] = intendedAt;
        ended[size] = endedAt;
        failed[size] = failure;
        size++;
    }

    /// Forgets what had ended by `now - length`.
    void slideTo(long now) {
        long edge = now - length;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (ended[i] > edge) {
                intended[kept] = intended[i];
                ended[kept] = ended[i];
                failed[kept] = failed[i];
                kept++;
            }
        }
        size = kept;
    }

    int size() {
        return size;
    }

    long intended(int index) {
        return intended[index];
    }

    long latency(int index) {
        return ended[index] - intended[index];
    }

    boolean failed(int index) {
        return failed[index];
    }

    private void growIfCrowded() {
        if (size > ended.length / 2) {
            int larger = ended.length * 2;
            intended = Arrays.copyOf(intended, larger);
            ended = Arrays.copyOf(ended, larger);
            failed = Arrays.copyOf(failed, larger);
        }
    }
}
