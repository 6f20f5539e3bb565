package dev.understudy.mirror.tap;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Headers that belong to one connection and are not passed on: those of RFC 9110 §7.6.1 and whatever
/// `Connection` names.
final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private HopByHop() {}

    /// Adds every end-to-end header of `from` to `to`, in order.
    static void copyRest(MultiMap from, MultiMap to) {
        Set<String> dropped = new HashSet<>(ALWAYS);
        for (String line : from.getAll("connection")) {
            for (String token : line.split(",")) {
                dropped.add(token.strip().toLowerCase(Locale.ROOT));
            }
        }
        // A client that names these in Connection doesn't get them removed: the message would change its meaning.
        dropped.removeAll(Set.of("host", "content-length", "content-type", "cookie"));
        for (Map.Entry<String, String> header : from) {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    /// Whether a request asks to go on as a WebSocket.
    static boolean isWebSocket(MultiMap headers) {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"))
                && headers.getAll("connection").stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("upgrade"));
    }
}
