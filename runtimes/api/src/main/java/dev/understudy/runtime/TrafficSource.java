package dev.understudy.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/// Where requests for the arms come from: live's mirror, a recording, a model. Exchanges come in the order in
/// which they
/// began in live. One reader; `close` unsubscribes and leaves live alone.
public interface TrafficSource extends AutoCloseable {

    /// The next exchange, or empty if there is none at the moment.
    Optional<LiveExchange> poll();

    /// Whether no more will come.
    boolean isExhausted();

    /// What was offered so far and what became of it.
    Ledger ledger();

    /// From now on tells `listener` how long live took, in nanoseconds, each time it has answered a sampled
    /// exchange: at once, in the order of the answers, and also if the exchange is dropped later. Called on any
    /// thread, so it must not wait. A recording says nothing of live as it is now and never calls.
    default void onAnswer(LongConsumer listener) {}

    @Override
    void close();

    /// One exchange as live (or a recording) saw it.
    ///
    /// @param id unique in its source
    /// @param session what makes requests one session, already hashed for display; equal sessions are causal
    /// @param beganEpochNanos when the request began, wall clock; for recordings, from the start of the
    ///     recording
    /// @param request as it went to live, redacted
    /// @param status what live answered; empty if unknown
    /// @param answerHeaders what live answered, redacted; empty if unknown
    /// @param answerBody what live answered, redacted; empty if unknown
    /// @param latencyNanos how long live took; 0 if unknown
    record LiveExchange(
            long id,
            String session,
            long beganEpochNanos,
            Request request,
            OptionalInt status,
            List<Request.Header> answerHeaders,
            byte[] answerBody,
            long latencyNanos) {}

    /// `offered = delivered + sum(dropped)`, counted in exchanges that were sampled; `seen` counts all that
    /// passed.
    record Ledger(long seen, long offered, long delivered, Map<String, Long> dropped) {
        public Ledger {
            dropped = Map.copyOf(dropped);
        }

        /// Whether every sampled exchange is accounted for.
        public boolean isBalanced() {
            return offered
                    == delivered
                            + dropped.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum();
        }
    }
}
