package dev.understudy.promql.exposition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What kind of metric a family is. It decides which sample names belong to the family.
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of, which never changes
public enum MetricType {
    /// Only grows, or starts again at 0.
    COUNTER("_total", "_created"),
    /// Goes up and down.
    GAUGE(),
    /// Counts in cumulative buckets.
    HISTOGRAM("_bucket", "_sum", "_count", "_created"),
    /// Quantiles that the service computed.
    SUMMARY("_sum", "_count", "_created"),
    /// Not said.
    UNTYPED(),
    /// OpenMetrics: a histogram that goes up and down.
    GAUGEHISTOGRAM("_bucket", "_gsum", "_gcount"),
    /// OpenMetrics: facts as labels, value 1.
    INFO("_info"),
    /// OpenMetrics: one of several states.
    STATESET();

    private final List<String> suffixes;

    MetricType(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    /// The type that `word` names in either format; empty if it is none.
    static Optional<MetricType> of(String word) {
        if (word.equals("unknown")) {
            return Optional.of(UNTYPED);
        }
        for (MetricType type : values()) {
            if (type.word(Format.PROMETHEUS).equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    String word(Format format) {
        return this == UNTYPED && format == Format.OPENMETRICS ? "unknown" : name().toLowerCase(Locale.ROOT);
    }

    /// Whether a sample called `sample` belongs to a family of this type called `family`.
    boolean owns(String family, String sample) {
        return sample.equals(family)
                || (sample.startsWith(family) && suffixes.contains(sample.substring(family.length())));
    }

    List<String> suffixes() {
        return suffixes;
    }
}
