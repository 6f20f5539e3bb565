package dev.understudy.engine;

import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongConsumer;

/// A source whose requests are taken over from the first on and kept until somebody asks: a copy may take
/// long, and
/// the source's own buffer is bounded. Thread-safe.
final class Hoard implements TrafficSource {
    private static final Duration EVERY = Duration.ofMillis(50);

    private final TrafficSource source;
    private final Queue<LiveExchange> kept = new ArrayDeque<>();
    private volatile boolean closed;

    Hoard(Timeline timeline, TrafficSource source) {
        this.source = source;
        timeline.fork("hoard", () -> {
            while (!closed) {
                takeOver();
                timeline.await(() -> closed, timeline.now() + EVERY.toNanos());
            }
            return true;
        });
    }

    private synchronized void takeOver() {
        Optional<LiveExchange> next = closed ? Optional.empty() : source.poll();
        while (next.isPresent() && kept.size() < TrafficLog.LONGEST) {
            kept.add(next.get());
            next = source.poll();
        }
    }

    @Override
    public synchronized Optional<LiveExchange> poll() {
        takeOver();
        return Optional.ofNullable(kept.poll());
    }

    @Override
    public synchronized boolean isExhausted() {
        return kept.isEmpty() && source.isExhausted();
    }

    @Override
    public Ledger ledger() {
        return source.ledger();
    }

    @Override
    public void onAnswer(LongConsumer listener) {
        source.onAnswer(listener);
    }

    @Override
    public void close() {
        closed = true;
        source.close();
    }
}
