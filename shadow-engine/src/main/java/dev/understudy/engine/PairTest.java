package dev.understudy.engine;

import java.util.List;

/// Whether a proposed plan is measurably better: its median recovery is shorter than the present plan's by
/// more than the present
/// plan's own runs differ among themselves. Times are nanoseconds.
///
/// @param medianGain median of the present plan minus median of the proposed one; negative if it is slower
/// @param spread slowest minus fastest run of the present plan: what the noise alone can do
record PairTest(long medianGain, long spread, boolean complete) {

    static PairTest of(List<Long> present, List<Long> proposed) {
        if (present.isEmpty() || proposed.isEmpty()) {
            return new PairTest(0, 0, false);
        }
        List<Long> sorted = present.stream().sorted().toList();
        return new PairTest(
                median(present) - median(proposed),
                sorted.getLast() - sorted.getFirst(),
                present.size() == proposed.size());
    }

    boolean isBetter() {
        return complete && medianGain > spread;
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
