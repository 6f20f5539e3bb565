package dev.understudy.promql.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Two sources looked at as one, such as scraped series and those that rules record. A series of both is
/// the one below.
///
/// @param below gives the origin
public record LayeredSource(SeriesSource below, SeriesSource above) implements SeriesSource {

    @Override
    public List<Series> select(List<Matcher> matchers) {
        List<Series> found = new ArrayList<>(below.select(matchers));
        Set<Labels> taken = found.stream().map(Series::labels).collect(Collectors.toSet());
        above.select(matchers).stream()
                .filter(series -> !taken.contains(series.labels()))
                .forEach(found::add);
        return found;
    }

    @Override
    public Instant origin() {
        return below.origin();
    }
}
