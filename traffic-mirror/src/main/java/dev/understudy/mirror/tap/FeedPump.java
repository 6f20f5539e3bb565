package dev.understudy.mirror.tap;

import dev.understudy.mirror.feed.FeedCodec;
import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Writes one subscriber's feed from a virtual thread: takes, redacts, encodes, and waits until the socket took
/// it. A subscriber that takes nothing for `idle` is given up. What was taken and not written is counted.
final class FeedPump implements Runnable {
    private static final long BATCH_BYTES = 64 << 10;
    // Also how far behind a quiet subscriber's knowledge of what is complete can be.
    private static final long PULSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Subscriber subscriber;
    private final HttpServerResponse response;
    private final OpenExchanges open;
    private final Duration idle;
    private final Runnable atEnd;

    FeedPump(Subscriber subscriber, HttpServerResponse response, OpenExchanges open, Duration idle, Runnable atEnd) {
        this.subscriber = subscriber;
        this.response = response;
        this.open = open;
        this.idle = idle;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        String reason = "subscriber-gone";
        try {
            while (!subscriber.isGone()) {
                writeBatch();
            }
        } catch (TimeoutException stalled) {
            reason = "subscriber-stalled";
        } catch (ExecutionException | InterruptedException | IllegalStateException | RejectedExecutionException ended) {
            // Its connection is closed; what is queued is counted below.
        } finally {
            subscriber.leave(reason);
            atEnd.run();
        }
    }

    private void writeBatch() throws ExecutionException, InterruptedException, TimeoutException {
        // Read before the queue: whatever ends in between is in the queue already, or still counts as open.
        long complete = open.oldest();
        List<Subscriber.Sampled> taken = subscriber.take(BATCH_BYTES, PULSE_NANOS);
        boolean drained = subscriber.isDrained();
        Buffer batch = Buffer.buffer();
        long withheld = 0;
        boolean written = false;
        try {
            for (Subscriber.Sampled sampled : taken) {
                Optional<LiveExchange> ready = subscriber.prepare(sampled);
                ready.ifPresent(exchange -> append(batch, new FeedLine.Frame(exchange)));
                withheld += ready.isPresent() ? 0 : 1;
            }
            append(batch, subscriber.counts(taken.size() - withheld, drained ? complete : 0));
            await(response.write(batch));
            written = true;
        } finally {
            if (written) {
                subscriber.delivered(taken.size() - withheld);
            } else {
                subscriber.drop("subscriber-gone", taken.size() - withheld);
            }
        }
    }

    static void append(Buffer batch, FeedLine line) {
        batch.appendBytes(FeedCodec.encode(line)).appendByte((byte) '\n');
    }

    private void await(Future<Void> write) throws ExecutionException, InterruptedException, TimeoutException {
        write.toCompletionStage().toCompletableFuture().get(idle.toNanos(), TimeUnit.NANOSECONDS);
    }
}
