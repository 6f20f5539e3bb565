package dev.understudy.promql.exposition;

import dev.understudy.promql.series.Labels;
import java.util.OptionalLong;

/// One line of an exposition.
///
/// @param labels with the name of the sample, which for parts of histograms and summaries isn't the
///     family's
/// @param epochMillis when the service says it was taken, in milliseconds since 1970; mostly it doesn't say
public record ExposedSample(Labels labels, double value, OptionalLong epochMillis) {}
