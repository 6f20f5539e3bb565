package dev.understudy.engine;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Link;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What links and processes measure, as the series that Prometheus would have of it, so that expressions can use it:
///
/// | series | labels |
/// |---|---|
/// | `understudy_requests_total`, `understudy_failures_total` | `from`, `to`; requests also `code` |
/// | `understudy_duration_seconds_bucket`, `…_sum`, `…_count` | `from`, `to`; buckets `le` |
/// | `understudy_process_cpu_seconds_total`, `understudy_process_resident_bytes`, `understudy_process_threads` |
/// `service`, `instance` |
/// | `understudy_process_exits_total` | `service` |
///
/// Thread-safe; called on data paths.
final class OwnSeries {
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private final Map<ArmName, Map<Labels, Double>> values = new EnumMap<>(ArmName.class);

    OwnSeries() {
        for (ArmName arm : ArmName.values()) {
            values.put(arm, new TreeMap<>());
        }
    }

    synchronized void exchanged(ArmName arm, Link link, int status, boolean failure, long nanos) {
        String from = link.from();
        String to = link.to();
        double seconds = nanos / 1e9;
        add(
                arm,
                Labels.named("understudy_requests_total", "from", from, "to", to, "code", Integer.toString(status)),
                1);
        add(arm, Labels.named("understudy_failures_total", "from", from, "to", to), failure ? 1 : 0);
        add(arm, Labels.named("understudy_duration_seconds_sum", "from", from, "to", to), seconds);
        add(arm, Labels.named("understudy_duration_seconds_count", "from", from, "to", to), 1);
        for (double bound : BOUNDS) {
            add(
                    arm,
                    Labels.named(
                            "understudy_duration_seconds_bucket", "from", from, "to", to, "le", FloatText.bound(bound)),
                    seconds <= bound ? 1 : 0);
        }
    }

    synchronized void exited(ArmName arm, String service) {
        add(arm, Labels.named("understudy_process_exits_total", "service", service), 1);
    }

    synchronized void used(ArmName arm, List<Arm.ResourceUse> uses) {
        for (Arm.ResourceUse use : uses) {
            String instance = Integer.toString(use.index());
            set(
                    arm,
                    "understudy_process_cpu_seconds_total",
                    use,
                    instance,
                    use.cpu().toNanos() / 1e9);
            set(arm, "understudy_process_resident_bytes", use, instance, (double) use.residentBytes());
            set(arm, "understudy_process_threads", use, instance, use.threads());
        }
    }

    private void add(ArmName arm, Labels labels, double more) {
        of(arm).merge(labels, more, Double::sum);
    }

    private void set(ArmName arm, String name, Arm.ResourceUse use, String instance, double value) {
        of(arm).put(Labels.named(name, "service", use.service(), "instance", instance), value);
    }

    /// Writes all of one arm as it is now.
    synchronized void write(ArmName arm, SeriesStore store, long nanos) {
        of(arm).forEach((labels, value) -> store.append(labels, value, nanos));
    }

    private Map<Labels, Double> of(ArmName arm) {
        return Objects.requireNonNull(values.get(arm));
    }
}
