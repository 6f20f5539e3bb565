package dev.understudy.promql.exposition;

import java.util.List;
import java.util.stream.Stream;

/// What a service says at its metrics endpoint: the text format of Prometheus, version 0.0.4, and
/// OpenMetrics 1.0 without exemplars, which are read over. Where Prometheus is lenient (order of lines, a
/// second TYPE), so is this.
public record Exposition(List<MetricFamily> families) {
    /// The longest line that is read, in characters.
    public static final int LONGEST_LINE = 1 << 20;

    public Exposition {
        families = List.copyOf(families);
    }

    /// Reads the format of version 0.0.4.
    /// @throws ExpositionException for the first thing that isn't in the format
    public static Exposition parse(String text) {
        return parse(text, Format.PROMETHEUS);
    }

    /// Reads `format`.
    /// @throws ExpositionException for the first thing that isn't in the format
    public static Exposition parse(String text, Format format) {
        return new ExpositionReader(format).read(text);
    }

    /// The text of it in `format`; reading that text yields an equal value, but for units in the older
    /// format.
    public String print(Format format) {
        return new ExpositionPrinter(format).print(this);
    }

    /// All samples of all families.
    public Stream<ExposedSample> samples() {
        return families.stream().flatMap(family -> family.samples().stream());
    }
}
