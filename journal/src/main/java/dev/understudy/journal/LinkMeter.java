package dev.understudy.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Counts exchanges into seconds, one histogram for each (trial, arm, link) and second. Thread-safe.
///
/// [#count] is on the data path: it finds its series without allocating, holds a lock of that series alone for
/// the length of one histogram update, and never writes. Seconds that are over wait until somebody drains them.
final class LinkMeter {
    /// Latencies are kept from 1 µs to 1 h with three significant digits.
    private static final long SHORTEST = 1_000;

    private static final long LONGEST = 3_600_000_000_000L;
    private static final long SECOND = 1_000_000_000;

    /// A second is over for good when its series is this many seconds ahead.
    private static final long GRACE = 2;

    private final Map<Integer, Map<String, Map<String, Series>>> trials = new ConcurrentHashMap<>();
    private final Queue<Interval> finished = new ConcurrentLinkedQueue<>();
    private final Queue<Histogram> spare = new ConcurrentLinkedQueue<>();
    private final AtomicLong newestSecond = new AtomicLong(Long.MIN_VALUE);

    /// Which link of which arm in which trial.
    record Tag(int trial, String arm, String link) {
        private static final Pattern WORD = Pattern.compile("[^\\s,/]+");

        Tag {
            if (!WORD.matcher(arm).matches() || !WORD.matcher(link).matches()) {
                throw new IllegalArgumentException(
                        "arm '" + arm + "' and link '" + link + "' can't hold blanks, commas or slashes");
            }
        }

        @Override
        public String toString() {
            return trial + "/" + arm + "/" + link;
        }
    }

    /// One second of one link; `failed` holds the failures among `all`, or is absent without any.
    record Interval(
            Tag tag, long second, Histogram all, @Nullable Histogram failed) {}

    void count(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {
        long second = Math.floorDiv(endNanos, SECOND);
        if (second > newestSecond.get()) {
            newestSecond.accumulateAndGet(second, Math::max);
        }
        series(trial, arm, link).count(second, Math.clamp(latencyNanos, 0, LONGEST), failure);
    }

    /// Hands over every second that is over, in the order in which they ended for each series.
    void drain(Consumer<Interval> sink) {
        drainUntil(newestSecond.get() - GRACE, sink);
    }

    /// Hands over everything.
    void drainAll(Consumer<Interval> sink) {
        drainUntil(Long.MAX_VALUE, sink);
    }

    private void drainUntil(long horizon, Consumer<Interval> sink) {
        for (Map<String, Map<String, Series>> arms : trials.values()) {
            for (Map<String, Series> links : arms.values()) {
                links.values().forEach(series -> series.finishUntil(horizon));
            }
        }
        for (Interval next = finished.poll(); next != null; next = finished.poll()) {
            sink.accept(next);
            recycle(next.all());
            recycle(next.failed());
        }
    }

    private Series series(int trial, String arm, String link) {
        Map<String, Map<String, Series>> arms = trials.get(trial);
        Map<String, Series> links = arms == null ? null : arms.get(arm);
        Series known = links == null ? null : links.get(link);
        return known != null
                ? known
                : trials.computeIfAbsent(trial, _ -> new ConcurrentHashMap<>())
                        .computeIfAbsent(arm, _ -> new ConcurrentHashMap<>())
                        .computeIfAbsent(link, _ -> new Series(new Tag(trial, arm, link)));
    }

    private void recycle(@Nullable Histogram histogram) {
        if (histogram != null) {
            histogram.reset();
            spare.add(histogram);
        }
    }

    private Histogram take() {
        Histogram found = spare.poll();
        return found != null ? found : newHistogram();
    }

    static Histogram newHistogram() {
        Histogram made = new Histogram(SHORTEST, 2 * SHORTEST, 3);
        made.setAutoResize(true);
        return made;
    }

    /// The seconds of one tag that are still open: few, because ends come almost in order.
    private final class Series {
        private final Tag tag;
        private final List<Interval> open = new ArrayList<>(4);

        Series(Tag tag) {
            this.tag = tag;
        }

        synchronized void count(long second, long latency, boolean failure) {
            int at = indexOf(second);
            Interval interval = open.get(at);
            interval.all().recordValue(latency);
            if (failure) {
                Histogram failed = interval.failed();
                if (failed == null) {
                    failed = take();
                    open.set(at, new Interval(tag, second, interval.all(), failed));
                }
                failed.recordValue(latency);
            }
        }

        synchronized void finishUntil(long horizon) {
            for (int i = 0; i < open.size(); ) {
                if (open.get(i).second() <= horizon) {
                    finished.add(open.remove(i));
                } else {
                    i++;
                }
            }
        }

        private int indexOf(long second) {
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i).second() == second) {
                    return i;
                }
            }
            // the list stays short even if nobody drains
            finishUntil(second - GRACE - 1);
            open.add(new Interval(tag, second, take(), null));
            return open.size() - 1;
        }
    }
}
