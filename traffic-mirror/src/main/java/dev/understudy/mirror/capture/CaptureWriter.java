package dev.understudy.mirror.capture;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.Redactor;
import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// Writes redacted exchanges as a recording that [CaptureSource] reads. The session cookie or header is
/// replaced
/// by its token in requests and answers alike, so that the recording replays and opens no session in live;
/// `Authorization` is left out. Offsets count from the first exchange written. Thread-safe.
public final class CaptureWriter implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Writer out;
    private final Optional<SessionKey> by;
    private final Redactor tokens;
    private OptionalLong origin = OptionalLong.empty();

    /// Writes to `out`, which is closed with this.
    public CaptureWriter(Writer out, MirrorTerms terms) {
        this.out = out;
        by = terms.by();
        List<Redaction> session = by.stream()
                .map(key -> new Redaction(
                        switch (key.where()) {
                            case COOKIE -> Redaction.Kind.COOKIE;
                            case HEADER -> Redaction.Kind.HEADER;
                        },
                        key.name()))
                .toList();
        tokens = new Redactor(session, terms.hash()::token);
    }

    /// Appends one exchange. @throws IOException if `out` does
    public synchronized void write(LiveExchange exchange) throws IOException {
        LiveExchange safe = tokens.redact(exchange).orElseThrow();
        if (origin.isEmpty()) {
            origin = OptionalLong.of(safe.beganEpochNanos());
        }
        Request request = safe.request();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("offset_ms", millis(Math.max(0, safe.beganEpochNanos() - origin.getAsLong())));
        line.put("session", safe.session());
        line.put("method", request.method());
        line.put("path", request.target());
        line.put("headers", headers(request.headers()));
        putBody(line, request.body());
        safe.status().ifPresent(status -> {
            line.put("status", status);
            line.put("latency_ms", millis(safe.latencyNanos()));
            Map<String, Object> response = new LinkedHashMap<>();
            response.put("headers", headers(safe.answerHeaders()));
            putBody(response, safe.answerBody());
            line.put("response", response);
        });
        out.write(MAPPER.writeValueAsString(line));
        out.write('\n');
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).stripTrailingZeros();
    }

    private Map<String, List<String>> headers(List<Header> headers) {
        boolean isKey =
                by.filter(key -> key.name().equalsIgnoreCase("authorization")).isPresent();
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (Header header : isKey ? headers : Headers.without(headers, "authorization", "proxy-authorization")) {
            byName.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value());
        }
        return byName;
    }

    private static void putBody(Map<String, Object> into, byte[] body) {
        if (body.length == 0) {
            return;
        }
        try {
            into.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException binary) {
            into.put("body_base64", Base64.getEncoder().encodeToString(body));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
