package dev.understudy.engine;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Link;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What links and processes measure, as the series that Prometheus would have of it, so that expressions can use it:
///
/// | series | labels |
/// |---|---|
/// | `understudy_requests_total`, `understudy_failures_total` | `from`, `to`; requests also `code` |
/// | `understudy_duration_seconds_bucket`, `…_sum`, `…_count` | `from`, `to`; buckets `le` |
/// | `understudy_link_bytes_total` | `from`, `to`, `direction`: `request` to who is called, `answer` back |
/// | `understudy_process_cpu_seconds_total`, `…_resident_bytes`, `…_threads` | `service`, `instance` |
/// | `understudy_process_disk_read_bytes_total`, `…_disk_written_bytes_total` | `service`, `instance` |
/// | `understudy_process_exits_total` | `service` |
///
/// Thread-safe; called on data paths, so series get their names only when they are written.
final class OwnSeries {
    private final Map<ArmName, OfArm> arms = new EnumMap<>(ArmName.class);

    private static final class OfArm {
        private final Map<Link, LinkTotals> links = new LinkedHashMap<>();
        private final Map<String, Double> exits = new TreeMap<>();
        private List<Arm.ResourceUse> uses = List.of();
        private List<Arm.LinkBytes> bytes = List.of();
        private Set<Labels> written = Set.of();
    }

    synchronized void exchanged(ArmName arm, Link link, int status, boolean failure, long nanos) {
        of(arm).links.computeIfAbsent(link, LinkTotals::new).add(status, failure, nanos);
    }

    synchronized void exited(ArmName arm, String service) {
        of(arm).exits.merge(service, 1.0, Double::sum);
    }

    synchronized void used(ArmName arm, List<Arm.ResourceUse> uses, List<Arm.LinkBytes> links) {
        of(arm).uses = List.copyOf(uses);
        of(arm).bytes = List.copyOf(links);
    }

    /// Writes all of one arm as it is now, always into the same store.
    synchronized void write(ArmName arm, SeriesStore store, long nanos) {
        OfArm now = of(arm);
        now.links.values().forEach(link -> link.write(store, nanos));
        now.exits.forEach((service, exits) ->
                store.append(Labels.named("understudy_process_exits_total", "service", service), exits, nanos));
        for (Arm.LinkBytes bytes : now.bytes) {
            store.append(passed(bytes.link(), "request"), (double) bytes.toCallee(), nanos);
            store.append(passed(bytes.link(), "answer"), (double) bytes.toCaller(), nanos);
        }
        Map<Labels, Double> processes = new LinkedHashMap<>();
        now.uses.forEach(use -> name(use, processes));
        processes.forEach((labels, value) -> store.append(labels, value, nanos));
        // what a process that is gone used last is no measurement
        now.written.stream()
                .filter(labels -> !processes.containsKey(labels))
                .forEach(labels -> store.end(labels, nanos));
        now.written = new HashSet<>(processes.keySet());
    }

    private static void name(Arm.ResourceUse use, Map<Labels, Double> named) {
        named.put(of(use, "cpu_seconds_total"), use.cpu().toNanos() / 1e9);
        named.put(of(use, "resident_bytes"), (double) use.residentBytes());
        named.put(of(use, "threads"), (double) use.threads());
        named.put(of(use, "disk_read_bytes_total"), (double) use.readBytes());
        named.put(of(use, "disk_written_bytes_total"), (double) use.writtenBytes());
    }

    private static Labels of(Arm.ResourceUse use, String figure) {
        return Labels.named(
                "understudy_process_" + figure, "service", use.service(), "instance", Integer.toString(use.index()));
    }

    private static Labels passed(Link link, String direction) {
        return Labels.named(
                "understudy_link_bytes_total", "from", link.from(), "to", link.to(), "direction", direction);
    }

    private OfArm of(ArmName arm) {
        return arms.computeIfAbsent(arm, _ -> new OfArm());
    }
}
