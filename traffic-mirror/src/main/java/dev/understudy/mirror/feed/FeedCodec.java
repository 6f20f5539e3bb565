package dev.understudy.mirror.feed;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A feed line as one JSON object; bodies are base64, headers pairs in order. Thread-safe.
public final class FeedCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FeedCodec() {}

    /// The line without its line break.
    public static byte[] encode(FeedLine line) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (line) {
            case FeedLine.Hello hello ->
                node.putObject("hello")
                        .put("version", hello.version())
                        .put("service", hello.service())
                        .put("clock", hello.clock());
            case FeedLine.Counts counts -> {
                ObjectNode inner = node.putObject("counts")
                        .put("seen", counts.seen())
                        .put("offered", counts.offered())
                        .put("delivered", counts.delivered())
                        .put("complete", counts.complete());
                ObjectNode dropped = inner.putObject("dropped");
                new TreeMap<>(counts.dropped()).forEach((reason, count) -> dropped.put(reason, count));
            }
            case FeedLine.Frame frame -> put(node, frame.exchange());
        }
        return MAPPER.writeValueAsBytes(node);
    }

    private static void put(ObjectNode node, LiveExchange exchange) {
        Request request = exchange.request();
        node.put("id", exchange.id())
                .put("session", exchange.session())
                .put("began", exchange.beganEpochNanos())
                .put("took", exchange.latencyNanos())
                .put("safe", request.isSafe())
                .put("method", request.method())
                .put("target", request.target());
        putHeaders(node.putArray("headers"), request.headers());
        node.put("body", Base64.getEncoder().encodeToString(request.body()));
        exchange.status().ifPresent(status -> node.put("status", status));
        putHeaders(node.putArray("answerHeaders"), exchange.answerHeaders());
        node.put("answerBody", Base64.getEncoder().encodeToString(exchange.answerBody()));
    }

    private static void putHeaders(ArrayNode into, List<Header> headers) {
        headers.forEach(header -> into.addArray().add(header.name()).add(header.value()));
    }

    /// The line that `json` is; requests go to `service`.
    /// @throws IllegalArgumentException if it is no feed line
    /// @throws tools.jackson.core.JacksonException if it is not JSON
    public static FeedLine decode(byte[] json, String service) {
        JsonNode node = MAPPER.readTree(json);
        if (node.has("hello")) {
            JsonNode hello = node.path("hello");
            return new FeedLine.Hello(
                    hello.path("version").asInt(0),
                    hello.path("service").asString(""),
                    hello.path("clock").asLong(0));
        }
        if (node.has("counts")) {
            return counts(node.path("counts"));
        }
        if (!node.path("id").isIntegralNumber() || !node.path("method").isString()) {
            throw new IllegalArgumentException("not a feed line: it has no hello, no counts, no id and method");
        }
        return new FeedLine.Frame(exchange(node, service));
    }

    private static FeedLine.Counts counts(JsonNode counts) {
        Map<String, Long> dropped = new TreeMap<>();
        counts.path("dropped")
                .properties()
                .forEach(entry -> dropped.put(entry.getKey(), entry.getValue().asLong(0)));
        return new FeedLine.Counts(
                counts.path("seen").asLong(0),
                counts.path("offered").asLong(0),
                counts.path("delivered").asLong(0),
                dropped,
                counts.path("complete").asLong(0));
    }

    private static LiveExchange exchange(JsonNode node, String service) {
        Request request = new Request(
                service,
                node.path("method").asString(""),
                node.path("target").asString(""),
                headers(node.path("headers")),
                Base64.getDecoder().decode(node.path("body").asString("")));
        return new LiveExchange(
                node.path("id").asLong(0),
                node.path("session").asString(""),
                node.path("began").asLong(0),
                request,
                node.has("status") ? OptionalInt.of(node.path("status").asInt(0)) : OptionalInt.empty(),
                headers(node.path("answerHeaders")),
                Base64.getDecoder().decode(node.path("answerBody").asString("")),
                node.path("took").asLong(0));
    }

    private static List<Header> headers(JsonNode pairs) {
        List<Header> headers = new ArrayList<>();
        pairs.values()
                .forEach(pair -> headers.add(
                        new Header(pair.path(0).asString(""), pair.path(1).asString(""))));
        return headers;
    }
}
