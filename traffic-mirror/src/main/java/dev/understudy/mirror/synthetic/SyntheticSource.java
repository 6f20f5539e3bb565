package dev.understudy.mirror.synthetic;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.Redactor;
import dev.understudy.mirror.SessionSample;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.TrafficMix;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/// Exchanges of made-up users, without end: the same ones for the same mix, rate and seed, whenever they are taken.
///
/// Visits begin at random (exponentially distributed gaps, so that the requests of all visits together come at the
/// rate), one user after the other; within a visit a user thinks between requests. An exchange is handed out at most
/// a moment before it is to begin. Live's answer is what the mix says a healthy system answers; where a value of the
/// answer is saved, it stands for the one that each arm gives (see [VisitWriter]), and so what an arm made goes into
/// the arm's later requests as with recorded traffic. One reader; never waits.
public final class SyntheticSource implements TrafficSource {
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final VisitWriter visits;
    private final LongSupplier clock;
    private final SessionSample sample;
    private final Redactor redactor;
    private final PriorityQueue<LiveExchange> waiting = new PriorityQueue<>(
            Comparator.comparingLong(LiveExchange::beganEpochNanos).thenComparingLong(LiveExchange::id));
    private boolean begun;
    private long beganAt;
    private long offered;
    private long delivered;
    private long unreadable;
    private boolean closed;

    /// @param perSecond requests a second, above 0
    /// @param service who is asked
    /// @param clock nanoseconds that pass; the first poll is the beginning
    public SyntheticSource(
            TrafficMix mix, double perSecond, String service, MirrorTerms terms, long seed, LongSupplier clock) {
        this.visits = new VisitWriter(mix, perSecond, service, seed);
        this.clock = clock;
        this.sample = terms.sessions();
        this.redactor = Redactor.of(terms, false);
    }

    @Override
    public synchronized Optional<LiveExchange> poll() {
        if (!begun) {
            begun = true;
            beganAt = clock.getAsLong();
        }
        long until = clock.getAsLong() - beganAt + AHEAD.toNanos();
        while (!closed) {
            while (visits.next() <= until) {
                waiting.addAll(visits.write());
            }
            LiveExchange first = waiting.peek();
            if (first == null || first.beganEpochNanos() > until) {
                return Optional.empty();
            }
            waiting.remove();
            if (!sample.takes(first.session())) {
                continue;
            }
            offered++;
            Optional<LiveExchange> redacted = redactor.redact(first);
            if (redacted.isPresent()) {
                delivered++;
                return redacted;
            }
            unreadable++;
        }
        return Optional.empty();
    }

    @Override
    public synchronized boolean isExhausted() {
        return closed;
    }

    /// Counts what has come up so far.
    @Override
    public synchronized Ledger ledger() {
        return new Ledger(
                offered, offered, delivered, unreadable == 0 ? Map.of() : Map.of("not-redactable", unreadable));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
