package dev.understudy.promql.exposition;

import java.util.List;
import java.util.Optional;

/// All samples of one metric, and what is said about it.
///
/// @param unit OpenMetrics only
public record MetricFamily(
        String name, MetricType type, Optional<String> help, Optional<String> unit, List<ExposedSample> samples) {
    public MetricFamily {
        samples = List.copyOf(samples);
    }
}
