package dev.understudy.promql.exposition;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Matcher;
import dev.understudy.promql.series.Nanos;
import dev.understudy.promql.series.SeriesStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// One endpoint that is scraped again and again into a store. Keeps what the last scrape held, so that a
/// series that is no longer there ends at once instead of five minutes later, and says by `up` whether the
/// endpoint answered. Not thread-safe.
public final class ScrapeTarget {
    private static final String UP = "up";
    private static final long FARTHEST_MILLIS = Long.MAX_VALUE / Nanos.MILLI;

    private final SeriesStore store;
    private final Labels attached;
    private Set<Labels> before = Set.of();

    /// An endpoint whose series get the labels `attached`, such as `job` and `instance`. Where a service
    /// itself uses one of them, its own is kept as `exported_…` (Prometheus' `honor_labels: false`).
    public ScrapeTarget(SeriesStore store, Map<String, String> attached) {
        this.store = store;
        this.attached = Labels.of(attached).unnamed();
    }

    /// Takes in what the endpoint answered at `nanos` of the timeline.
    public void scraped(Exposition exposition, long nanos) {
        Set<Labels> now = new LinkedHashSet<>();
        exposition.samples().forEach(sample -> {
            Labels labels = labelled(sample.labels());
            if (sample.epochMillis().isPresent()) {
                store.append(
                        labels, sample.value(), timeline(sample.epochMillis().getAsLong()));
            } else if (store.append(labels, sample.value(), nanos) || before.contains(labels)) {
                now.add(labels);
            }
        });
        end(now, nanos);
        store.append(up(), 1, nanos);
    }

    /// Notes that the endpoint did not answer, or not with metrics, at `nanos`: its series end, `up` is 0.
    public void failed(long nanos) {
        end(Set.of(), nanos);
        store.append(up(), 0, nanos);
    }

    /// Notes that the endpoint is no longer to be scraped from `nanos` on: its series end, `up` with them.
    public void removed(long nanos) {
        end(Set.of(), nanos);
        store.end(up(), nanos);
    }

    private void end(Set<Labels> now, long nanos) {
        before.stream().filter(labels -> !now.contains(labels)).forEach(labels -> store.end(labels, nanos));
        before = now;
    }

    private long timeline(long epochMillis) {
        long millis = Nanos.minus(epochMillis, store.origin().toEpochMilli());
        return Math.clamp(millis, -FARTHEST_MILLIS, FARTHEST_MILLIS) * Nanos.MILLI;
    }

    private Labels up() {
        return attached.with(Labels.NAME, UP);
    }

    private Labels labelled(Labels scraped) {
        Map<String, String> labels = new LinkedHashMap<>(attached.asMap());
        scraped.asMap().forEach((name, value) -> {
            String free = name;
            while (attached.asMap().containsKey(free)
                    || (!free.equals(name) && scraped.asMap().containsKey(free))) {
                free = "exported_" + free;
            }
            labels.put(free, Matcher.stored(name, value));
        });
        return Labels.of(labels);
    }
}
