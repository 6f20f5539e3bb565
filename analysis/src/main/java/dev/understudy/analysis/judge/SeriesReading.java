package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.Point;
import dev.understudy.analysis.RunSummary.Series;
import dev.understudy.analysis.rules.Timing;
import dev.understudy.journal.ExchangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What users of each arm saw in one trial: a point for every second from the first exchange to the last,
/// by intended time.
final class SeriesReading {
    private static final long SECOND = 1_000_000_000L;
    // a trial longer than a day is not drawn second by second
    private static final long MOST = 86_400;

    private SeriesReading() {}

    static List<Series> of(TrialRecord trial) {
        List<ExchangeRecord> sent = trial.exchanges().stream()
                .filter(exchange -> exchange.sent() > 0 && !exchange.isProbe())
                .toList();
        return List.of(
                new Series(RuleHistory.CANDIDATE, points(sent, false)),
                new Series(RuleHistory.CONTROL, points(sent, true)));
    }

    private static List<Point> points(List<ExchangeRecord> sent, boolean control) {
        Map<Long, List<Timing>> seconds = new TreeMap<>();
        sent.stream()
                .filter(exchange -> exchange.control() == control)
                .forEach(exchange -> seconds.computeIfAbsent(
                                Math.floorDiv(exchange.intended(), SECOND), _ -> new ArrayList<>())
                        .add(Timing.of(exchange)));
        if (seconds.isEmpty()) {
            return List.of();
        }
        long first = seconds.keySet().iterator().next();
        long last = Math.min(seconds.keySet().stream().reduce(first, Math::max), first + MOST);
        List<Point> points = new ArrayList<>();
        for (long second = first; second <= last; second++) {
            points.add(point(second * SECOND, seconds.getOrDefault(second, List.of())));
        }
        return List.copyOf(points);
    }

    private static Point point(long at, List<Timing> timings) {
        long[] latencies = timings.stream().mapToLong(Timing::latency).sorted().toArray();
        long failures = timings.stream().filter(Timing::failure).count();
        return new Point(at, timings.size(), failures, quantile(latencies, 0.5), quantile(latencies, 0.99));
    }

    private static long quantile(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
