package dev.understudy.mirror.feed;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.Map;

/// One line of a feed.
public sealed interface FeedLine {
    /// The version of the feed's format.
    int VERSION = 1;

    /// The first line: who speaks. `clock` is the tap's wall clock in epoch nanoseconds.
    record Hello(int version, String service, long clock) implements FeedLine {}

    /// One exchange, redacted.
    record Frame(LiveExchange exchange) implements FeedLine {}

    /// What the tap has counted for this subscriber when the line before this one was written, at least once a
    /// second. `offered = delivered + dropped + still queued`. Every exchange that began before `complete` (epoch
    /// nanoseconds) has been sent or dropped; 0 if nothing is known.
    record Counts(long seen, long offered, long delivered, Map<String, Long> dropped, long complete)
            implements FeedLine {
        public Counts {
            dropped = Map.copyOf(dropped);
        }

        /// Everything that was dropped.
        public long droppedInAll() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
