package dev.understudy.rollback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long a plan takes if every step takes as long as measured and steps don't slow each other down: the
/// critical path method. Times are nanoseconds from the beginning of the rollback.
///
/// @param spans when each step begins and ends, in the order of the plan
/// @param nanos from the beginning of the first step to the end of the last
/// @param criticalPath the chain of steps that takes that long; where several do, the one through earlier steps
public record Makespan(Map<String, Span> spans, long nanos, List<String> criticalPath) {

    /// When a step begins and ends.
    public record Span(long start, long finish) {
        /// How long it takes.
        public long nanos() {
            return finish - start;
        }
    }

    public Makespan {
        spans = Collections.unmodifiableMap(new LinkedHashMap<>(spans));
        criticalPath = List.copyOf(criticalPath);
    }

    /// @param measured how long each step takes, in nanoseconds
    /// @throws IllegalArgumentException if a step of the plan was not measured, or took less than nothing
    public static Makespan of(RollbackPlan plan, Map<String, Long> measured) {
        Map<String, Span> spans = new LinkedHashMap<>();
        for (String step : plan.order()) {
            long start = 0;
            for (String awaited : plan.waitsFor(step)) {
                start = Math.max(start, span(spans, awaited).finish());
            }
            spans.put(step, new Span(start, start + duration(step, measured)));
        }
        long end = spans.values().stream().mapToLong(Span::finish).max().orElse(0);
        return new Makespan(spans, end, criticalPath(plan, spans));
    }

    /// The longest step of the critical path; empty for a plan without steps.
    public Optional<String> bottleneck() {
        return criticalPath.stream()
                .max(Comparator.comparingLong(step -> span(spans, step).nanos()));
    }

    /// The share of the whole that the bottleneck takes, from 0 to 1; 0 if there is none or nothing takes any
    /// time.
    public double bottleneckShare() {
        return nanos == 0
                ? 0
                : bottleneck()
                        .map(step -> (double) span(spans, step).nanos() / nanos)
                        .orElse(0.0);
    }

    private static List<String> criticalPath(RollbackPlan plan, Map<String, Span> spans) {
        ArrayDeque<String> path = new ArrayDeque<>();
        Optional<String> last = latest(plan.order(), spans);
        while (last.isPresent()) {
            path.addFirst(last.get());
            last = latest(plan.waitsFor(last.get()), spans);
        }
        return new ArrayList<>(path);
    }

    /// The first of those that end last.
    private static Optional<String> latest(List<String> steps, Map<String, Span> spans) {
        Optional<String> latest = Optional.empty();
        for (String step : steps) {
            if (latest.isEmpty()
                    || span(spans, step).finish() > span(spans, latest.get()).finish()) {
                latest = Optional.of(step);
            }
        }
        return latest;
    }

    private static Span span(Map<String, Span> spans, String step) {
        Span span = spans.get(step);
        if (span == null) {
            throw new IllegalArgumentException("step '" + step + "' has no span yet");
        }
        return span;
    }

    private static long duration(String step, Map<String, Long> measured) {
        Long nanos = measured.get(step);
        if (nanos == null || nanos < 0) {
            throw new IllegalArgumentException("step '" + step + "' took " + nanos + " ns");
        }
        return nanos;
    }
}
