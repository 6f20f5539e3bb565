package dev.understudy.analysis.data;

import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/// What the candidate promised its users, and whether it keeps it after the rollback. Promises are taken
/// from the history; the engine reads them back from both arms, and each pair of readings is judged alone.
/// Immutable.
public final class LedgerCheck {
    private static final Set<String> NOT_REPEATED = Set.of(
            "host", "connection", "content-length", "content-type", "content-encoding", "transfer-encoding", "expect");

    private final WriteHistory history;
    private final LedgerJudge judge;

    public LedgerCheck(WriteHistory history) {
        this.history = history;
        judge = new LedgerJudge(Exchanged.of(history));
    }

    /// What became of a promise.
    public enum Kept {
        /// It reads as promised.
        KEPT,
        /// It is gone, or reads otherwise.
        LOST,
        /// The candidate fails to read it: an answer of 500 or above, or none. Counts as lost, too.
        UNREADABLE,
        /// The control can't read it either, so nothing follows.
        UNCHECKED
    }

    /// The last acknowledgement for each key of an entry, in the order in which the keys were first named.
    /// A DELETE of what the entry reads counts for any key, another write to it for keys that the entry
    /// promised.
    public List<Promise> promises(LedgerEntry entry) {
        Map<String, Promise> promises = new LinkedHashMap<>();
        history.writes()
                .sorted(Comparator.comparingLong(
                        exchange -> exchange.candidate().endedAt()))
                .forEach(exchange -> take(entry, exchange, promises));
        return new ArrayList<>(promises.values());
    }

    private static void take(LedgerEntry entry, PairedExchange exchange, Map<String, Promise> promises) {
        Request sent = exchange.candidate().sent();
        PathPattern read = new PathPattern(entry.read().path());
        Optional<String> readKey =
                sent.service().equals(entry.read().service()) ? read.keyIn(sent.target()) : Optional.empty();
        if (isWriteOf(entry, sent)) {
            if (exchange.candidate().isAcknowledged()) {
                keyOf(entry, exchange.candidate()).ifPresent(key -> promises.put(key, promise(entry, exchange, key)));
            } else if (entry.key().isEmpty()) {
                doubt(
                        exchange,
                        new PathPattern(entry.write().path())
                                .keyIn(sent.target())
                                .orElse(""),
                        promises);
            }
        } else if (readKey.isPresent() && !sent.isSafe()) {
            String key = readKey.get();
            boolean counts = sent.method().equals("DELETE") || promises.containsKey(key);
            if (exchange.candidate().isAcknowledged() && counts) {
                promises.put(key, promise(entry, exchange, key));
            } else {
                doubt(exchange, key, promises);
            }
        }
    }

    private static void doubt(PairedExchange exchange, String key, Map<String, Promise> promises) {
        if (exchange.candidate().outcome() == Outcome.UNKNOWN) {
            promises.computeIfPresent(key, (_, promise) -> promise.uncertain());
        }
    }

    private static Promise promise(LedgerEntry entry, PairedExchange exchange, String key) {
        Optional<String> controlKey =
                exchange.control().isAcknowledged() ? keyOf(entry, exchange.control()) : Optional.empty();
        return new Promise(
                entry,
                key,
                controlKey,
                exchange.candidate().sent().method().equals("DELETE"),
                true,
                exchange.candidate(),
                exchange.control(),
                exchange.candidate().endedAt());
    }

    private static boolean isWriteOf(LedgerEntry entry, Request sent) {
        return sent.method().equals(entry.write().method())
                && sent.service().equals(entry.write().service())
                && new PathPattern(entry.write().path()).keyIn(sent.target()).isPresent();
    }

    private static Optional<String> keyOf(LedgerEntry entry, ArmExchange exchange) {
        Request sent = exchange.sent();
        if (!isWriteOf(entry, sent)) {
            return new PathPattern(entry.read().path()).keyIn(sent.target());
        }
        PathPattern written = new PathPattern(entry.write().path());
        if (written.hasKey()) {
            return written.keyIn(sent.target());
        }
        return entry.key()
                .flatMap(pointer -> LedgerJudge.body(exchange.answer())
                        .map(body -> body.at(JsonPointer.compile(bare(pointer))))
                        .filter(node -> node.isValueNode() && !node.isNull())
                        .map(node -> node.asString()));
    }

    /// A pointer without `json:` in front.
    static String bare(String pointer) {
        return pointer.startsWith("json:") ? pointer.substring("json:".length()) : pointer;
    }

    /// The request that reads a promise back from the candidate, as the user who was given it: with the
    /// cookies and headers of the write.
    public Request readOf(Promise promise) {
        return read(promise.entry(), promise.key(), promise.candidate().sent());
    }

    /// The request that reads the same from the control; empty if the control never acknowledged it.
    public Optional<Request> controlReadOf(Promise promise) {
        return promise.controlKey()
                .map(key -> read(promise.entry(), key, promise.control().sent()));
    }

    private static Request read(LedgerEntry entry, String key, Request written) {
        List<Request.Header> headers = written.headers().stream()
                .filter(header -> !NOT_REPEATED.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList();
        String target = new PathPattern(entry.read().path()).of(key);
        return new Request(entry.read().service(), entry.read().method(), target, headers, new byte[0]);
    }

    /// Whether a promise is kept.
    ///
    /// @param candidate what the candidate answered to [#readOf]
    /// @param control what the control answered to [#controlReadOf], if that was asked
    public Kept judge(Promise promise, Answer candidate, Optional<Answer> control) {
        return judge(promise, candidate, control, Optional.empty());
    }

    /// Whether a promise is kept. @param controlAgain a second answer of the control: what differs from the
    /// first is noise
    public Kept judge(Promise promise, Answer candidate, Optional<Answer> control, Optional<Answer> controlAgain) {
        return judge.of(promise, candidate, control, controlAgain);
    }
}
