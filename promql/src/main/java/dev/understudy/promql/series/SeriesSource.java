package dev.understudy.promql.series;

import java.time.Instant;
import java.util.List;

/// Where an expression finds its series.
public interface SeriesSource {

    /// The series that meet all conditions, in the order in which they first came.
    List<Series> select(List<Matcher> matchers);

    /// What a clock on the wall said when the run's timeline stood at 0: `time()` and timestamps count
    /// from 1970.
    Instant origin();

    /// Seconds since 1970 at `nanos` of the timeline, to the millisecond as in Prometheus.
    default double epochSeconds(long nanos) {
        return (origin().toEpochMilli() + Math.floorDiv(nanos, Nanos.MILLI)) / 1000.0;
    }
}
