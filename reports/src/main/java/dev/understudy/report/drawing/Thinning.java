package dev.understudy.report.drawing;

import dev.understudy.analysis.RunSummary.Point;
import dev.understudy.analysis.RunSummary.Series;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What users saw, in at most so many slices of equal length that both arms share. A slice keeps its worst
/// second, so that no peak is smoothed away.
public record Thinning(long start, long width, List<Arm> arms) {

    private static final long SECOND = 1_000_000_000;

    /// The slices of one arm by number; a slice without a point is absent.
    public record Arm(String name, Map<Long, Slice> slices) {}

    /// One slice: all its requests and failures, and the worst of its seconds. Empty values had no request.
    public record Slice(
            long number,
            long requests,
            long failures,
            OptionalDouble worstErrorShare,
            OptionalLong p50,
            OptionalLong p99) {

        private static Slice of(long number, Point point) {
            boolean served = point.requests() > 0;
            return new Slice(
                    number,
                    point.requests(),
                    point.failures(),
                    served ? OptionalDouble.of((double) point.failures() / point.requests()) : OptionalDouble.empty(),
                    served ? OptionalLong.of(point.p50()) : OptionalLong.empty(),
                    served ? OptionalLong.of(point.p99()) : OptionalLong.empty());
        }

        private Slice and(Slice other) {
            return new Slice(
                    number,
                    requests + other.requests,
                    failures + other.failures,
                    worst(worstErrorShare, other.worstErrorShare),
                    worst(p50, other.p50),
                    worst(p99, other.p99));
        }
    }

    /// Slices of a whole number of seconds, at most `limit` of them.
    public static Thinning of(List<Series> series, int limit) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Series arm : series) {
            for (Point point : arm.points()) {
                first = Math.min(first, point.at());
                last = Math.max(last, point.at());
            }
        }
        if (first > last) {
            return new Thinning(0, SECOND, List.of());
        }
        long seconds = (last - first) / SECOND + 1;
        long width = (seconds + limit - 1) / limit * SECOND;
        long start = first;
        return new Thinning(
                start,
                width,
                series.stream()
                        .map(arm -> new Arm(arm.arm(), slices(arm, start, width)))
                        .toList());
    }

    private static Map<Long, Slice> slices(Series arm, long start, long width) {
        Map<Long, Slice> slices = new TreeMap<>();
        for (Point point : arm.points()) {
            long number = (point.at() - start) / width;
            slices.merge(number, Slice.of(number, point), Slice::and);
        }
        return slices;
    }

    /// Whether nothing was measured in either arm.
    public boolean isEmpty() {
        return arms.isEmpty();
    }

    /// When slice `number` begins.
    public long at(long number) {
        return start + number * width;
    }

    /// How many slices there are, those without a point included.
    public long count() {
        return arms.stream()
                        .flatMap(arm -> arm.slices().keySet().stream())
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static OptionalDouble worst(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(Math.max(one.getAsDouble(), other.getAsDouble()))
                : one.isPresent() ? one : other;
    }

    private static OptionalLong worst(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()))
                : one.isPresent() ? one : other;
    }
}
