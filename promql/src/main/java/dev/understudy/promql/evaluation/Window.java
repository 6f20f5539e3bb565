package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Nanos;
import dev.understudy.promql.series.Points;

/// The samples of one series in (`from`, `to`]; both in nanoseconds of the timeline.
///
/// @param points at least one
record Window(Labels labels, Points points, long from, long to) {
    double seconds() {
        return (to - from) / Nanos.SECOND;
    }

    /// From the beginning of the window to the first sample.
    double secondsBefore() {
        return (points.nanos()[0] - from) / Nanos.SECOND;
    }

    /// From the last sample to the end of the window.
    double secondsAfter() {
        return (to - points.lastNanos()) / Nanos.SECOND;
    }
}
