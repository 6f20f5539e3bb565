package dev.understudy.mirror.tap;

import dev.understudy.mirror.KeyedHash;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.Redactor;
import dev.understudy.mirror.SessionSample;
import dev.understudy.mirror.SessionTrail;
import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.mirror.message.ContentCoding;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One subscriber's queue and ledger: `offered = delivered + dropped + queued + in hand`, at any moment. Event
/// loops offer, one pump takes; offering never waits for the pump. Redaction happens in the pump's thread, not in
/// live's.
final class Subscriber {
    private static final int LARGEST_PLAIN_BODY = 1 << 20;

    /// A sighting of a sampled session.
    record Sampled(Sighting sighting, String session) {}

    private final MirrorSettings.Limits limits;
    private volatile long since = Long.MAX_VALUE;
    private final KeyedHash hash;
    private final SessionSample sample;
    private final SessionTrail trail;
    private final Redactor redactor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<Sampled> queue = new ArrayDeque<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private long queuedBytes;
    private long seen;
    private long offered;
    private long delivered;
    private boolean gone;

    /// A subscriber under `terms`, for exchanges that begin after [#startAt].
    Subscriber(MirrorTerms terms, MirrorSettings.Limits limits) {
        this.limits = limits;
        hash = terms.hash();
        sample = terms.sessions();
        trail = new SessionTrail(terms.by());
        redactor = Redactor.of(terms, true);
    }

    /// From `epochNanos` on exchanges are its own; from before, bodies may not have been copied.
    void startAt(long epochNanos) {
        since = epochNanos;
    }

    /// Shows it a sighting: sampled or not, queued or dropped.
    void offer(Sighting sighting) {
        if (sighting.began() < since) {
            return;
        }
        String key = trail.key(sighting.request(), sighting.answerHeaders(), sighting.connection());
        boolean taken = sample.takes(key);
        long size = taken ? sighting.size() : 0;
        Optional<String> session = taken ? Optional.of(hash.session(key)) : Optional.empty();
        lock.lock();
        try {
            if (gone) {
                return;
            }
            seen++;
            session.ifPresent(id -> enqueue(new Sampled(sighting, id), size));
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Sampled sampled, long size) {
        offered++;
        Optional<String> spoiled = sampled.sighting().spoiled();
        boolean full = queue.size() >= limits.queueRecords() || queuedBytes + size > limits.queueBytes();
        if (spoiled.isPresent() || full) {
            dropped.merge(spoiled.orElse("queue-full"), 1L, Long::sum);
            return;
        }
        queue.add(sampled);
        queuedBytes += size;
        filled.signal();
    }

    /// What is queued, up to about `bytes`; waits up to `nanos` for the first. Empty when time is up or it is gone.
    List<Sampled> take(long bytes, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (queue.isEmpty() && !gone && left > 0) {
                left = filled.awaitNanos(left);
            }
            List<Sampled> taken = new ArrayList<>();
            for (long size = 0; size < bytes && !queue.isEmpty(); ) {
                Sampled next = queue.remove();
                long one = next.sighting().size();
                queuedBytes -= one;
                size += one;
                taken.add(next);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// The exchange as it may leave the tap; if it mustn't, it is counted as dropped.
    Optional<LiveExchange> prepare(Sampled sampled) {
        Sighting sighting = sampled.sighting();
        Request request = sighting.request();
        Optional<ContentCoding.Plain> asked = ContentCoding.undo(request.headers(), request.body(), LARGEST_PLAIN_BODY);
        Optional<ContentCoding.Plain> answered =
                ContentCoding.undo(sighting.answerHeaders(), sighting.answerBody(), LARGEST_PLAIN_BODY);
        if (asked.isEmpty() || answered.isEmpty()) {
            drop("content-coding", 1);
            return Optional.empty();
        }
        Optional<LiveExchange> redacted = redactor.redact(new LiveExchange(
                sighting.began(),
                sampled.session(),
                sighting.began(),
                new Request(
                        request.service(),
                        request.method(),
                        request.target(),
                        asked.get().headers(),
                        asked.get().body()),
                OptionalInt.of(sighting.status()),
                answered.get().headers(),
                answered.get().body(),
                sighting.tookNanos()));
        if (redacted.isEmpty()) {
            drop("not-redactable", 1);
        }
        return redacted;
    }

    /// `count` exchanges have been written.
    void delivered(long count) {
        lock.lock();
        try {
            delivered += count;
        } finally {
            lock.unlock();
        }
    }

    /// `count` exchanges that were taken were not written.
    void drop(String reason, long count) {
        lock.lock();
        try {
            if (count > 0) {
                dropped.merge(reason, count, Long::sum);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is offered to it; what is queued is dropped for `reason`. Only the first call counts.
    void leave(String reason) {
        lock.lock();
        try {
            if (!gone) {
                gone = true;
                drop(reason, queue.size());
                queue.clear();
                queuedBytes = 0;
                filled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isGone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    FeedLine.Counts counts() {
        return counts(0, 0);
    }

    /// The ledger as it will be when `writing` more are delivered.
    FeedLine.Counts counts(long writing, long complete) {
        lock.lock();
        try {
            return new FeedLine.Counts(seen, offered, delivered + writing, dropped, complete);
        } finally {
            lock.unlock();
        }
    }
}
