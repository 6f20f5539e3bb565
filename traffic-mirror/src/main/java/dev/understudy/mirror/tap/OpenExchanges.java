package dev.understudy.mirror.tap;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/// The exchanges under way, by when they began. Beginnings are unique and only grow, so they also serve as ids.
/// Thread-safe.
final class OpenExchanges {
    private final InstantSource clock;
    private final Set<Long> open = new LinkedHashSet<>();
    private long last;

    OpenExchanges(InstantSource clock) {
        this.clock = clock;
    }

    /// An exchange begins: when, in epoch nanoseconds.
    synchronized long begin() {
        long began = mark();
        open.add(began);
        return began;
    }

    /// A moment between all beginnings before and all after, in epoch nanoseconds.
    synchronized long mark() {
        last = Math.max(last + 1, now());
        return last;
    }

    /// The exchange that began then has been handed on.
    synchronized void end(long began) {
        open.remove(began);
    }

    /// Nothing that began before this is still under way.
    synchronized long oldest() {
        return open.isEmpty() ? mark() : open.iterator().next();
    }

    /// The wall clock in epoch nanoseconds.
    long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
