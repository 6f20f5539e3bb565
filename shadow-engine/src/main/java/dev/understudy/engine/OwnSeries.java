package dev.understudy.engine;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Link;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What links and processes measure, as the series that Prometheus would have of it, so that expressions can use it:
///
/// | series | labels |
/// |---|---|
/// | `understudy_requests_total`, `understudy_failures_total` | `from`, `to`; requests also `code` |
/// | `understudy_duration_seconds_bucket`, `…_sum`, `…_count` | `from`, `to`; buckets `le` |
/// | `understudy_process_cpu_seconds_total`, `…_resident_bytes`, `…_threads` | `service`, `instance` |
/// | `understudy_process_disk_read_bytes_total`, `…_disk_written_bytes_total` | `service`, `instance` |
/// | `understudy_link_bytes_total` | `from`, `to`, `direction`: `request` to who is called, `answer` back |
/// | `understudy_process_exits_total` | `service` |
///
/// Thread-safe; called on data paths.
final class OwnSeries {
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private final Map<ArmName, Map<Labels, Double>> values = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Set<Labels>> ofProcesses = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Set<Labels>> ended = new EnumMap<>(ArmName.class);

    OwnSeries() {
        for (ArmName arm : ArmName.values()) {
            values.put(arm, new TreeMap<>());
            ofProcesses.put(arm, Set.of());
            ended.put(arm, new HashSet<>());
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

    synchronized void used(ArmName arm, List<Arm.ResourceUse> uses, List<Arm.LinkBytes> links) {
        Set<Labels> before = of(ofProcesses, arm);
        ofProcesses.put(arm, new HashSet<>());
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
            set(arm, "understudy_process_disk_read_bytes_total", use, instance, (double) use.readBytes());
            set(arm, "understudy_process_disk_written_bytes_total", use, instance, (double) use.writtenBytes());
        }
        // what a process that is gone used last is no measurement
        before.stream().filter(labels -> !of(ofProcesses, arm).contains(labels)).forEach(labels -> {
            of(arm).remove(labels);
            of(ended, arm).add(labels);
        });
        for (Arm.LinkBytes bytes : links) {
            passed(arm, bytes.link(), "request", bytes.toCallee());
            passed(arm, bytes.link(), "answer", bytes.toCaller());
        }
    }

    private void passed(ArmName arm, Link link, String direction, long total) {
        of(arm).put(
                        Labels.named(
                                "understudy_link_bytes_total",
                                "from",
                                link.from(),
                                "to",
                                link.to(),
                                "direction",
                                direction),
                        (double) total);
    }

    private void add(ArmName arm, Labels labels, double more) {
        of(arm).merge(labels, more, Double::sum);
    }

    private void set(ArmName arm, String name, Arm.ResourceUse use, String instance, double value) {
        Labels labels = Labels.named(name, "service", use.service(), "instance", instance);
        of(arm).put(labels, value);
        of(ofProcesses, arm).add(labels);
        of(ended, arm).remove(labels);
    }

    /// Writes all of one arm as it is now.
    synchronized void write(ArmName arm, SeriesStore store, long nanos) {
        of(arm).forEach((labels, value) -> store.append(labels, value, nanos));
        of(ended, arm).forEach(labels -> store.end(labels, nanos));
        of(ended, arm).clear();
    }

    private Map<Labels, Double> of(ArmName arm) {
        return Objects.requireNonNull(values.get(arm));
    }

    private static Set<Labels> of(Map<ArmName, Set<Labels>> sets, ArmName arm) {
        return Objects.requireNonNull(sets.get(arm));
    }
}
