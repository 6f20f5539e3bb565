package dev.understudy.mirror.feed;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// A run's end of live's mirror. A virtual thread reads the feed into a buffer that is bounded in bytes; while it
/// is full nothing is read, so the tap's own queue fills and counts what it drops. [#poll] never waits.
/// Thread-safe.
///
/// The ledger covers every exchange whose fate is known: polled, dropped by the tap, or dropped here as `late`,
/// `unread` (still buffered when closed) or `lost-feed` (the tap counted it, but the feed ended before it came).
/// It balances at any time.
public final class MirrorSubscription implements TrafficSource {

    /// How a run subscribes.
    ///
    /// @param hold how long an exchange waits for one that began earlier and is still under way in live
    /// @param idle how long the run may take nothing before the tap gives it up
    /// @param bufferBytes what is buffered here at most, but for one exchange
    public record Options(Duration hold, Duration idle, long bufferBytes) {
        /// 1 s, 10 s, 8 MiB.
        public static final Options USUAL = new Options(Duration.ofSeconds(1), FeedQuery.USUAL_IDLE, 8L << 20);
    }

    private static final long LAST_WORDS_NANOS = Duration.ofSeconds(2).toNanos();

    private final FeedConnection connection;
    private final Options options;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition space = lock.newCondition();
    private final Condition finished = lock.newCondition();
    private final ReorderBuffer buffer;
    private FeedLine.Counts counts = new FeedLine.Counts(0, 0, 0, Map.of(), 0);
    private long received;
    private long delivered;
    private long late;
    private Optional<String> ended = Optional.empty();
    private boolean closed;
    private volatile LongConsumer listener = _ -> {};

    private MirrorSubscription(FeedConnection connection, Options options, LongSupplier nanoClock) {
        this.connection = connection;
        this.options = options;
        this.nanoClock = nanoClock;
        buffer = new ReorderBuffer(options.hold().toNanos());
    }

    /// Subscribes at `feed` to the mirror of `service`.
    /// @throws EnvironmentException if there is no tap at `feed`, it speaks another version, or mirrors another
    ///     service
    public static MirrorSubscription connect(Endpoint feed, String service, MirrorTerms terms, Options options) {
        FeedConnection connection = FeedConnection.open(feed, service, new FeedQuery(terms, options.idle()));
        MirrorSubscription subscription = new MirrorSubscription(connection, options, System::nanoTime);
        Thread.ofVirtual().name("mirror-feed").start(subscription::read);
        return subscription;
    }

    /// How far the tap's wall clock was ahead of this machine's when the feed began, in nanoseconds, give or take
    /// the time a line takes to travel.
    public long clockAheadNanos() {
        return connection.clockAheadNanos();
    }

    private void read() {
        try (connection) {
            for (Optional<FeedConnection.Line> line = connection.next(); line.isPresent(); line = connection.next()) {
                take(line.get());
            }
            end("the feed ended");
        } catch (IOException | RuntimeException broken) {
            end("the feed broke: " + broken);
        }
    }

    private void end(String why) {
        lock.lock();
        try {
            ended = Optional.of(why);
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onAnswer(LongConsumer told) {
        listener = told;
    }

    private void take(FeedConnection.Line line) throws IOException {
        if (line.value() instanceof FeedLine.Frame(LiveExchange answered)) {
            listener.accept(answered.latencyNanos());
        }
        lock.lock();
        try {
            switch (line.value()) {
                case FeedLine.Frame frame -> {
                    awaitSpace();
                    received++;
                    if (!closed && !buffer.add(frame.exchange(), line.bytes(), nanoClock.getAsLong())) {
                        late++;
                    }
                }
                case FeedLine.Counts now -> {
                    counts = now;
                    buffer.completeUpTo(now.complete());
                }
                case FeedLine.Hello again -> throw new IOException("a second hello from " + again.service());
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitSpace() throws IOException {
        try {
            while (!closed && buffer.bytes() > options.bufferBytes()) {
                space.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Optional<LiveExchange> poll() {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            long now = nanoClock.getAsLong();
            Optional<LiveExchange> next =
                    buffer.poll(ended.isPresent() ? now + options.hold().toNanos() : now);
            if (next.isPresent()) {
                delivered++;
                space.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isExhausted() {
        lock.lock();
        try {
            return closed || (ended.isPresent() && buffer.size() == 0);
        } finally {
            lock.unlock();
        }
    }

    /// Why the feed ended without [#close]: the tap is gone, or has given this run up. Empty while it goes on.
    public Optional<String> lost() {
        lock.lock();
        try {
            return closed ? Optional.empty() : ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Ledger ledger() {
        lock.lock();
        try {
            Map<String, Long> dropped = new HashMap<>(counts.dropped());
            add(dropped, "late", late);
            if (closed) {
                add(dropped, "unread", received - delivered - late);
            }
            if (ended.isPresent() || closed) {
                add(dropped, "lost-feed", counts.offered() - counts.droppedInAll() - received);
            }
            long decided = delivered
                    + dropped.values().stream().mapToLong(Long::longValue).sum();
            return new Ledger(Math.max(counts.seen(), decided), decided, delivered, dropped);
        } finally {
            lock.unlock();
        }
    }

    private static void add(Map<String, Long> dropped, String reason, long count) {
        if (count > 0) {
            dropped.merge(reason, count, Long::sum);
        }
    }

    /// Unsubscribes; live goes on. Afterwards the ledger is final.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            space.signalAll();
            connection.close();
            long left = LAST_WORDS_NANOS;
            while (ended.isEmpty() && left > 0) {
                left = finished.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
