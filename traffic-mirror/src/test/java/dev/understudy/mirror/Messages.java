package dev.understudy.mirror;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Short ways to write requests and answers in tests.
public final class Messages {
    private static final Header JSON = new Header("Content-Type", "application/json");

    private Messages() {}

    /// `name: value` lines.
    public static List<Header> headers(String... lines) {
        List<Header> headers = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    /// A request to `shop`; a body makes it JSON.
    public static Request request(String method, String target, String body, String... headers) {
        return new Request("shop", method, target, typed(body, headers), bytes(body));
    }

    /// What live answered to `request`.
    public static LiveExchange live(Request request, int status, String body, String... headers) {
        return new LiveExchange(
                1, "s", 0, request, OptionalInt.of(status), typed(body, headers), bytes(body), 1_000_000);
    }

    /// What an arm answered.
    public static Answer answered(int status, String body, String... headers) {
        return new Answer.Answered(status, typed(body, headers), bytes(body));
    }

    public static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Header> typed(String body, String... lines) {
        List<Header> headers = headers(lines);
        if (!body.isEmpty() && headers.stream().noneMatch(h -> h.name().equalsIgnoreCase("content-type"))) {
            headers.add(JSON);
        }
        return headers;
    }
}
