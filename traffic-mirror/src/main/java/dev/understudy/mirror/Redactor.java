package dev.understudy.mirror;

import dev.understudy.mirror.message.Headers;
import dev.understudy.mirror.message.JsonBody;
import dev.understudy.mirror.message.MessageValues;
import dev.understudy.mirror.message.Spot;
import dev.understudy.mirror.message.ValueMapper;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Replaces what rules name by tokens, equal values by equal tokens, in requests and answers alike; a query
/// rule also hides the form field of that name, a JSON rule everything below its pointer (`*` matches any one
/// token). A hidden value of 6 characters and more is also replaced wherever else it appears in the same
/// exchange, so that an echo doesn't give it away. Thread-safe.
public final class Redactor {
    /// Shorter values are not looked for elsewhere: they would hit by accident.
    static final int SHORTEST_ECHO = 6;

    private static final String TOKEN = "REDACTED-";
    private final List<Redaction> rules;
    private final UnaryOperator<String> token;

    /// A redactor with those rules; `token` makes what stands for a value.
    public Redactor(List<Redaction> rules, UnaryOperator<String> token) {
        this.rules = List.copyOf(rules);
        this.token = token;
    }

    /// The rules of `terms`; with `credentials` also `Authorization` and `Proxy-Authorization`, unless that is
    /// the session key.
    public static Redactor of(MirrorTerms terms, boolean credentials) {
        List<Redaction> rules = new ArrayList<>(terms.redact());
        for (String header : credentials ? List.of("authorization", "proxy-authorization") : List.<String>of()) {
            if (terms.by().filter(key -> key.name().equalsIgnoreCase(header)).isEmpty()) {
                rules.add(new Redaction(Redaction.Kind.HEADER, header));
            }
        }
        return new Redactor(rules, terms.hash()::token);
    }

    /// The exchange without what is to be hidden; empty if a JSON rule can't be applied because a body that
    /// claims to be JSON isn't.
    public Optional<LiveExchange> redact(LiveExchange exchange) {
        Request request = exchange.request();
        if (!isReadable(request.headers(), request.body())
                || !isReadable(exchange.answerHeaders(), exchange.answerBody())) {
            return Optional.empty();
        }
        Map<String, String> hidden = new LinkedHashMap<>();
        LiveExchange redacted =
                mapped(exchange, (spot, value) -> isHidden(spot) && !value.isEmpty() ? hide(value, hidden) : value);
        hidden.keySet().removeIf(value -> value.length() < SHORTEST_ECHO);
        return Optional.of(hidden.isEmpty() ? redacted : withoutEchoes(redacted, hidden));
    }

    private String hide(String value, Map<String, String> hidden) {
        return value.startsWith(TOKEN) ? value : hidden.computeIfAbsent(value, token);
    }

    private boolean isReadable(List<Header> headers, byte[] body) {
        boolean parsing = rules.stream().anyMatch(rule -> rule.kind() == Redaction.Kind.JSON);
        return !parsing
                || !JsonBody.isExpected(headers, body)
                || JsonBody.parse(body).isPresent();
    }

    private boolean isHidden(Spot spot) {
        return rules.stream().anyMatch(rule -> switch (rule.kind()) {
            case HEADER -> spot.kind() == Spot.Kind.HEADER && spot.name().equalsIgnoreCase(rule.name());
            case COOKIE -> spot.kind() == Spot.Kind.COOKIE && spot.name().equals(rule.name());
            case QUERY ->
                (spot.kind() == Spot.Kind.QUERY || spot.kind() == Spot.Kind.FORM)
                        && spot.name().equals(rule.name());
            case JSON -> spot.kind() == Spot.Kind.JSON && isBelow(rule.name(), spot.path());
        });
    }

    private static boolean isBelow(String pointer, List<String> path) {
        String[] tokens =
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
        if (tokens.length > path.size()) {
            return false;
        }
        for (int i = 0; i < tokens.length; i++) {
            String wanted = tokens[i].replace("~1", "/").replace("~0", "~");
            if (!wanted.equals("*") && !wanted.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static LiveExchange withoutEchoes(LiveExchange exchange, Map<String, String> hidden) {
        LiveExchange redacted = mapped(exchange, (spot, value) -> replaced(value, hidden));
        Request request = redacted.request();
        byte[] body = replaced(request.headers(), request.body(), hidden);
        byte[] answerBody = replaced(redacted.answerHeaders(), redacted.answerBody(), hidden);
        return with(
                redacted,
                new Request(
                        request.service(),
                        request.method(),
                        request.target(),
                        Headers.resized(request.headers(), body.length),
                        body),
                redacted.answerHeaders(),
                answerBody);
    }

    private static byte[] replaced(List<Header> headers, byte[] body, Map<String, String> hidden) {
        if (body.length == 0 || JsonBody.isExpected(headers, body) || MessageValues.isForm(headers)) {
            return body;
        }
        // Latin-1 keeps every byte, whatever the body's own charset is.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String now = text;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            String bytes = new String(entry.getKey().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            now = now.replace(bytes, entry.getValue());
        }
        return now.equals(text) ? body : now.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String replaced(String value, Map<String, String> hidden) {
        String now = value;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            now = now.replace(entry.getKey(), entry.getValue());
        }
        return now;
    }

    private static LiveExchange mapped(LiveExchange exchange, ValueMapper mapper) {
        return with(
                exchange,
                MessageValues.map(exchange.request(), mapper),
                MessageValues.mapHeaders(exchange.answerHeaders(), mapper),
                MessageValues.mapBody(exchange.answerHeaders(), exchange.answerBody(), mapper));
    }

    private static LiveExchange with(LiveExchange of, Request request, List<Header> answerHeaders, byte[] answerBody) {
        // The length of an answer to HEAD is that of a body which isn't here.
        List<Header> resized = Arrays.equals(answerBody, of.answerBody())
                ? answerHeaders
                : Headers.resized(answerHeaders, answerBody.length);
        return new LiveExchange(
                of.id(),
                of.session(),
                of.beganEpochNanos(),
                request,
                of.status(),
                resized,
                answerBody,
                of.latencyNanos());
    }
}
