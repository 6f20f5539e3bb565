package dev.understudy.mirror.message;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Passes every value of a request or an answer through a [ValueMapper]. Each header line is offered as a
/// whole first; if it stays as it is, cookies and URLs in it are offered one value at a time.
public final class MessageValues {
    private MessageValues() {}

    /// The request with every value mapped and `Content-Length` right.
    public static Request map(Request request, ValueMapper mapper) {
        byte[] body = mapBody(request.headers(), request.body(), mapper);
        List<Header> headers = mapHeaders(request.headers(), mapper);
        return new Request(
                request.service(),
                request.method(),
                Target.of(request.target()).map(mapper).toString(),
                Arrays.equals(body, request.body()) ? headers : Headers.resized(headers, body.length),
                body);
    }

    /// Header lines of a request or an answer with every value mapped.
    public static List<Header> mapHeaders(List<Header> headers, ValueMapper mapper) {
        return headers.stream().map(header -> mapHeader(header, mapper)).toList();
    }

    /// A body with every value mapped; the same array if it is neither JSON nor a form, or nothing changed.
    public static byte[] mapBody(List<Header> headers, byte[] body, ValueMapper mapper) {
        if (body.length == 0) {
            return body;
        }
        if (isForm(headers)) {
            String text = new String(body, StandardCharsets.UTF_8);
            String mapped = Target.mapPairs(text, Spot.Kind.FORM, mapper);
            return mapped.equals(text) ? body : mapped.getBytes(StandardCharsets.UTF_8);
        }
        return JsonBody.isExpected(headers, body)
                ? JsonBody.parse(body).map(json -> json.map(mapper)).orElse(body)
                : body;
    }

    /// Whether the body is a URL-encoded form.
    public static boolean isForm(List<Header> headers) {
        return Headers.first(headers, "content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .isPresent();
    }

    private static Header mapHeader(Header header, ValueMapper mapper) {
        String name = header.name().toLowerCase(Locale.ROOT);
        String whole = mapper.map(Spot.named(Spot.Kind.HEADER, name), header.value());
        if (!whole.equals(header.value())) {
            return new Header(header.name(), whole);
        }
        String mapped = switch (name) {
            case "cookie" -> Cookies.mapSent(whole, mapper);
            case "set-cookie" -> Cookies.mapGiven(whole, mapper);
            case "location", "content-location", "referer" ->
                Target.of(whole).map(mapper).toString();
            default -> whole;
        };
        return mapped.equals(whole) ? header : new Header(header.name(), mapped);
    }
}
