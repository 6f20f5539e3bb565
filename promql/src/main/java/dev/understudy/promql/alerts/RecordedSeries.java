package dev.understudy.promql.alerts;

import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The series that one rule writes. One that the rule no longer yields ends at once.
final class RecordedSeries {
    private final SeriesStore store;
    private Set<Labels> before = Set.of();

    RecordedSeries(SeriesStore store) {
        this.store = store;
    }

    void write(List<Sample> samples, long nanos) {
        Set<Labels> now = samples.stream().map(Sample::labels).collect(Collectors.toSet());
        samples.forEach(sample -> store.append(sample.labels(), sample.value(), nanos));
        before.stream().filter(labels -> !now.contains(labels)).forEach(labels -> store.end(labels, nanos));
        before = now;
    }
}
