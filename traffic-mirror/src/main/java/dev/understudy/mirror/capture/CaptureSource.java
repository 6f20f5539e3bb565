package dev.understudy.mirror.capture;

import dev.understudy.mirror.KeyedHash;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.Redactor;
import dev.understudy.mirror.SessionSample;
import dev.understudy.mirror.SessionTrail;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recorded traffic: one JSON object a line, `{"offset_ms", "method", "path", "headers", "body"}`, optionally
/// `"status"`, `"session"`, `"latency_ms"` and `"response": {"headers", "body"}`. Headers are an object of strings
/// or lists of strings; a body is a string, JSON, or base64 as `"body_base64"`. Lines may be in any order; they
/// come out by offset. Sessions, sampling and redaction follow the same [MirrorTerms] as live's mirror, except
/// that credentials stay unless a rule names them: who wrote the recording chose to. A line that shows no session
/// is a session of its own. One reader; never waits.
public final class CaptureSource implements TrafficSource {
    private final List<CapturedExchange> exchanges;
    private final String service;
    private final KeyedHash hash;
    private final SessionSample sample;
    private final SessionTrail trail;
    private final Redactor redactor;
    private int next;
    private long offered;
    private long delivered;
    private long unreadable;

    private CaptureSource(List<CapturedExchange> exchanges, String service, MirrorTerms terms) {
        this.exchanges = exchanges;
        this.service = service;
        hash = terms.hash();
        sample = terms.sessions();
        trail = new SessionTrail(terms.by());
        redactor = Redactor.of(terms, false);
    }

    /// Reads the recording `content`, named `name` in errors, as requests to `service`.
    /// @throws ScenarioException with everything that is wrong, up to 100 problems
    public static CaptureSource read(String name, byte[] content, String service, MirrorTerms terms) {
        CaptureReader.Reading reading = CaptureReader.read(name, content);
        if (!reading.problems().isEmpty()) {
            throw new ScenarioException(reading.problems());
        }
        return new CaptureSource(reading.exchanges(), service, terms);
    }

    /// Everything that is wrong with a recording, up to 100 problems.
    public static List<Problem> check(String name, byte[] content) {
        return CaptureReader.read(name, content).problems();
    }

    /// How many exchanges the recording holds, sampled or not.
    public int size() {
        return exchanges.size();
    }

    /// From its start to the last request, in nanoseconds.
    public long lengthNanos() {
        return exchanges.isEmpty() ? 0 : exchanges.getLast().offsetNanos();
    }

    @Override
    public synchronized Optional<LiveExchange> poll() {
        while (next < exchanges.size()) {
            CapturedExchange exchange = exchanges.get(next++);
            Request request =
                    new Request(service, exchange.method(), exchange.path(), exchange.headers(), exchange.body());
            String seen = trail.key(request, exchange.answerHeaders(), "line:" + exchange.line());
            String key = exchange.session().map(said -> "session:" + said).orElse(seen);
            if (!sample.takes(key)) {
                continue;
            }
            offered++;
            Optional<LiveExchange> redacted = redactor.redact(live(exchange, request, hash.session(key)));
            if (redacted.isPresent()) {
                delivered++;
                return redacted;
            }
            unreadable++;
        }
        return Optional.empty();
    }

    private static LiveExchange live(CapturedExchange exchange, Request request, String session) {
        return new LiveExchange(
                exchange.line(),
                session,
                exchange.offsetNanos(),
                request,
                exchange.status(),
                exchange.answerHeaders(),
                exchange.answerBody(),
                exchange.latencyNanos());
    }

    @Override
    public synchronized boolean isExhausted() {
        return next >= exchanges.size();
    }

    /// Counts what has come up so far, not what is still ahead.
    @Override
    public synchronized Ledger ledger() {
        return new Ledger(next, offered, delivered, unreadable == 0 ? Map.of() : Map.of("not-redactable", unreadable));
    }

    @Override
    public synchronized void close() {
        next = exchanges.size();
    }
}
