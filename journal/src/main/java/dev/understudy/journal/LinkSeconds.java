package dev.understudy.journal;

import dev.understudy.journal.Journal.LinkSecond;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Adds up intervals of the same link and second. Not thread-safe.
final class LinkSeconds {
    private final Map<Key, Tally> tallies = new LinkedHashMap<>();

    void all(LinkMeter.Tag tag, long second, Histogram more) {
        tally(tag, second).all.add(more);
    }

    void failed(LinkMeter.Tag tag, long second, Histogram more) {
        tally(tag, second).failures += more.getTotalCount();
    }

    void add(LinkMeter.Interval interval) {
        all(interval.tag(), interval.second(), interval.all());
        Histogram failed = interval.failed();
        if (failed != null) {
            failed(interval.tag(), interval.second(), failed);
        }
    }

    List<LinkSecond> list() {
        List<LinkSecond> seconds = new ArrayList<>(tallies.size());
        tallies.forEach((key, tally) -> seconds.add(new LinkSecond(
                key.tag.trial(),
                key.tag.arm(),
                key.tag.link(),
                key.second,
                tally.all.getTotalCount(),
                tally.failures,
                tally.all.getValueAtPercentile(50),
                tally.all.getValueAtPercentile(99),
                tally.all.getMaxValue())));
        return seconds;
    }

    private Tally tally(LinkMeter.Tag tag, long second) {
        return tallies.computeIfAbsent(new Key(tag, second), _ -> new Tally());
    }

    private record Key(LinkMeter.Tag tag, long second) {}

    private static final class Tally {
        private final Histogram all = LinkMeter.newHistogram();
        private long failures;
    }
}
