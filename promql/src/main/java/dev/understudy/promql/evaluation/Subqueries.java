package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Nanos;
import dev.understudy.promql.series.Points;
import dev.understudy.promql.syntax.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Evaluates a vector again and again over a time. The instants are multiples of the step since 1970, so
/// that they don't move with the instant at which the whole is evaluated.
final class Subqueries {
    /// As many as Prometheus gives for one query.
    private static final long MOST_STEPS = 11_000;

    private final Evaluator evaluator;
    private final Node.Subquery subquery;

    Subqueries(Evaluator evaluator, Node.Subquery subquery) {
        this.evaluator = evaluator;
        this.subquery = subquery;
    }

    List<Window> windows() {
        long step = subquery.step().orElse(evaluator.settings().step().toNanos());
        if (subquery.length() / step > MOST_STEPS) {
            throw evaluator.error(subquery, "a subquery of more than " + MOST_STEPS + " steps");
        }
        long to = Nanos.minus(evaluator.nanos(), subquery.shift());
        long from = Nanos.minus(to, subquery.length());
        long origin = evaluator.source().origin().toEpochMilli() * Nanos.MILLI;
        Tracks tracks = new Tracks();
        long first = Nanos.minus((Math.floorDiv(Nanos.plus(from, origin), step) + 1) * step, origin);
        for (long at = first; at <= to; at += step) {
            List<Sample> samples = evaluator.at(at).vector(subquery.inner());
            evaluator.spend(subquery, samples.size());
            tracks.add(at, samples);
        }
        return tracks.windows(from, to);
    }

    /// Collects what was found at each instant by label set.
    static final class Tracks {
        private final Map<Labels, List<Long>> times = new LinkedHashMap<>();
        private final Map<Labels, List<Double>> values = new LinkedHashMap<>();

        void add(long at, List<Sample> samples) {
            for (Sample sample : samples) {
                times.computeIfAbsent(sample.labels(), labels -> new ArrayList<>())
                        .add(at);
                values.computeIfAbsent(sample.labels(), labels -> new ArrayList<>())
                        .add(sample.value());
            }
        }

        List<Window> windows(long from, long to) {
            return tracks().stream()
                    .map(track -> new Window(track.labels(), track.points(), from, to))
                    .toList();
        }

        List<Value.Track> tracks() {
            List<Value.Track> tracks = new ArrayList<>();
            times.forEach((labels, nanos) -> tracks.add(new Value.Track(
                    labels,
                    new Points(
                            nanos.stream().mapToLong(Long::longValue).toArray(),
                            values.getOrDefault(labels, List.of()).stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray()))));
            return tracks;
        }
    }
}
