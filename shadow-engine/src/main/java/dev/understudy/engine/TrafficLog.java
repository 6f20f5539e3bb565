package dev.understudy.engine;

import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the source has delivered since the freeze, kept so that every trial can begin with the same request
/// again.
///
/// A session that had a request under way at the freeze is left out altogether: whether its effect is in
/// the copies can't
/// be known. Thread-safe.
final class TrafficLog {
    /// The most exchanges that are kept: at 200 a second, more than eight hours.
    static final int LONGEST = 6_000_000;

    private final TrafficSource source;
    private final long sureIn;
    private final long sureOut;
    private final List<LiveExchange> exchanges = new ArrayList<>();
    private final Set<String> torn = new HashSet<>();
    private int used;
    private int forgotten;
    private long began;
    private long before;
    private long tornExchanges;

    /// @param sureIn what ended before, in epoch nanoseconds, is in the copies; 0 for recordings
    /// @param sureOut what began after is not
    TrafficLog(TrafficSource source, long sureIn, long sureOut) {
        this.source = source;
        this.sureIn = sureIn;
        this.sureOut = sureOut;
    }

    /// Takes over whatever the source has now.
    synchronized void drain() {
        Optional<LiveExchange> next = source.poll();
        while (next.isPresent() && exchanges.size() < LONGEST) {
            accept(next.get());
            next = source.poll();
        }
    }

    /// The exchange at `index`, or empty if it has not come yet.
    synchronized Optional<LiveExchange> at(int index) {
        if (exchanges.size() <= index - forgotten) {
            drain();
        }
        if (index - forgotten >= exchanges.size()) {
            return Optional.empty();
        }
        used = Math.max(used, index + 1);
        return Optional.of(exchanges.get(index - forgotten));
    }

    /// Lets go of those before `index`, which nobody will ask for again.
    synchronized void forget(int index) {
        if (index > forgotten) {
            exchanges.subList(0, index - forgotten).clear();
            forgotten = index;
        }
    }

    /// Everything that a trial has come to and that is still known: all it takes to do the same again.
    synchronized List<LiveExchange> used() {
        return List.copyOf(exchanges.subList(0, Math.max(0, used - forgotten)));
    }

    /// What began before `until`, on live's clock, and is not in the copies.
    synchronized List<LiveExchange> before(long until) {
        drain();
        return exchanges.stream()
                .filter(exchange -> exchange.beganEpochNanos() < until)
                .toList();
    }

    private void accept(LiveExchange exchange) {
        if (exchange.beganEpochNanos() < sureOut) {
            before++;
            if (exchange.beganEpochNanos() + exchange.latencyNanos() >= sureIn) {
                torn.add(exchange.session());
            }
        } else if (torn.contains(exchange.session())) {
            tornExchanges++;
        } else {
            began = exchanges.isEmpty() && forgotten == 0 ? exchange.beganEpochNanos() : began;
            exchanges.add(exchange);
        }
    }

    /// When the first request of every trial began, on live's clock.
    synchronized long origin() {
        return sureOut > 0 ? sureOut : began;
    }

    /// Whether `index` will never come.
    synchronized boolean endsBefore(int index) {
        return at(index).isEmpty() && source.isExhausted();
    }

    /// Exchanges that were in the copies already, and of sessions that were torn by the freeze.
    synchronized long leftOut() {
        return before + tornExchanges;
    }

    TrafficSource.Ledger ledger() {
        return source.ledger();
    }
}
