package dev.understudy.engine;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.scenario.Link;
import java.util.Map;
import java.util.TreeMap;

/// What one link of an arm has passed on since the trial began: counted on the data path, named only when it is
/// written. Not thread-safe.
final class LinkTotals {
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private final String from;
    private final String to;
    private final Map<Integer, Double> byCode = new TreeMap<>();
    private final double[] upTo = new double[BOUNDS.length];
    private double failures;
    private double seconds;

    LinkTotals(Link link) {
        this.from = link.from();
        this.to = link.to();
    }

    void add(int status, boolean failure, long nanos) {
        byCode.merge(status, 1.0, Double::sum);
        failures += failure ? 1 : 0;
        seconds += nanos / 1e9;
        for (int i = 0; i < BOUNDS.length; i++) {
            upTo[i] += nanos / 1e9 <= BOUNDS[i] ? 1 : 0;
        }
    }

    void write(SeriesStore store, long nanos) {
        byCode.forEach((code, count) -> store.append(
                Labels.named("understudy_requests_total", "from", from, "to", to, "code", Integer.toString(code)),
                count,
                nanos));
        append(store, "understudy_failures_total", failures, nanos);
        append(store, "understudy_duration_seconds_sum", seconds, nanos);
        append(store, "understudy_duration_seconds_count", upTo[BOUNDS.length - 1], nanos);
        for (int i = 0; i < BOUNDS.length; i++) {
            String bound = FloatText.bound(BOUNDS[i]);
            store.append(
                    Labels.named("understudy_duration_seconds_bucket", "from", from, "to", to, "le", bound),
                    upTo[i],
                    nanos);
        }
    }

    private void append(SeriesStore store, String name, double value, long nanos) {
        store.append(Labels.named(name, "from", from, "to", to), value, nanos);
    }
}
