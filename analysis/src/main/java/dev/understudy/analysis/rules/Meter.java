package dev.understudy.analysis.rules;

import java.util.OptionalDouble;

/// One rule in one arm: takes in what is measured, says what the rule reads. Times are nanoseconds on the run's
/// timeline, values in the unit of the metric. Not thread-safe.
public sealed interface Meter permits RuleMeter, SampleMeter {

    /// What the rule reads.
    ///
    /// @param now not before any earlier `now`
    /// @param limit in the unit of the metric; empty if it is a multiple of something that isn't known: then
    ///     nothing can be said
    Reading read(long now, OptionalDouble limit);

    /// While withheld, measurements don't reach the rule: a gap in its stream.
    void withhold(boolean whether);
}
