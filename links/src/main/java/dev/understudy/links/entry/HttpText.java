package dev.understudy.links.entry;

import dev.understudy.runtime.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// The bytes of an HTTP/1.1 request (RFC 9112). Stateless.
final class HttpText {
    /// These belong to a connection, not to a request, or are made anew here.
    private static final Set<String> LEFT_OUT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "content-length",
            "expect",
            "upgrade",
            "te",
            "trailer",
            "http2-settings");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private HttpText() {}

    /// What keeps a request from being one, as `header 'x' holds a line break`; empty if nothing does.
    static String whyNotSendable(Request request) {
        if (!isToken(request.method())) {
            return "the method '" + request.method() + "'";
        }
        if (request.target().isEmpty() || request.target().chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return "the target '" + request.target() + "'";
        }
        for (Request.Header header : request.headers()) {
            if (!isToken(header.name())) {
                return "the header name '" + header.name() + "'";
            }
            if (header.value().chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                return "header '" + header.name() + "' holds a line break";
            }
        }
        return "";
    }

    // RFC 9110, 5.6.2
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    /// The whole request. `Host` goes through as users sent it; without one it is `host`.
    static byte[] of(Request request, String host) {
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\n");
        boolean hosted = false;
        for (Request.Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name)) {
                head.append(header.name()).append(": ").append(header.value()).append("\r\n");
                hosted |= name.equals("host");
            }
        }
        if (!hosted) {
            head.append("Host: ").append(host).append("\r\n");
        }
        if (request.body().length > 0 || WITH_BODY.contains(request.method())) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        head.append("\r\n");
        boolean isLatin = head.chars().allMatch(c -> c < 0x100);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + request.body().length);
        bytes.writeBytes(head.toString().getBytes(isLatin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        bytes.writeBytes(request.body());
        return bytes.toByteArray();
    }
}
