package dev.understudy.mirror.tap;

import dev.understudy.mirror.feed.FeedLine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Who subscribes now. Shows every sighting to each of them; never waits. Thread-safe.
final class Subscribers {
    private final List<Subscriber> present = new CopyOnWriteArrayList<>();
    private final AtomicLong seen = new AtomicLong();

    boolean isEmpty() {
        return present.isEmpty();
    }

    void accept(Sighting sighting) {
        seen.incrementAndGet();
        for (Subscriber subscriber : present) {
            subscriber.offer(sighting);
        }
    }

    /// Adds one, unless there are `most` already.
    synchronized boolean add(Subscriber subscriber, int most) {
        return present.size() < most && present.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        present.remove(subscriber);
    }

    /// What each has been counted.
    List<FeedLine.Counts> counts() {
        return present.stream().map(Subscriber::counts).toList();
    }
}
