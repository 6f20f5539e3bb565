package dev.understudy.shop.service;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer, to be sent or received.
///
/// @param headers by name in lower case, those of the body's framing left out
public record Reply(int status, Map<String, String> headers, byte[] body) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    /// An answer with a JSON body.
    public static Reply json(int status, Object json) {
        return new Reply(
                status,
                Map.of("content-type", "application/json"),
                Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    /// This answer with one header more.
    public Reply with(String name, String value) {
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put(name, value);
        return new Reply(status, all, body);
    }

    /// Whether the status is 2xx or 3xx.
    public boolean isSuccess() {
        return status >= 200 && status < 400;
    }

    /// The body as a JSON object. @throws Refusal 400 if it is something else
    public JsonObject json() {
        return JsonObject.of(body);
    }
}
