package dev.understudy.mirror.message;

import dev.understudy.runtime.Request.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Undoes `Content-Encoding`, so that rules and comparisons see what the service said.
public final class ContentCoding {

    /// A message without its content coding.
    public record Plain(List<Header> headers, byte[] body) {}

    private ContentCoding() {}

    /// The message in plain; empty if the coding is unknown, the bytes are broken, or more than `limit` bytes
    /// come out.
    public static Optional<Plain> undo(List<Header> headers, byte[] body, int limit) {
        String coding = Headers.first(headers, "content-encoding")
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .orElse("identity");
        if (coding.equals("identity") || body.length == 0) {
            return Optional.of(new Plain(headers, body));
        }
        try (InputStream packed = new ByteArrayInputStream(body);
                InputStream plain = decoder(coding, packed)) {
            byte[] bytes = plain.readNBytes(limit + 1);
            if (bytes.length > limit) {
                return Optional.empty();
            }
            return Optional.of(
                    new Plain(Headers.resized(Headers.without(headers, "content-encoding"), bytes.length), bytes));
        } catch (IOException unknownOrBroken) {
            return Optional.empty();
        }
    }

    private static InputStream decoder(String coding, InputStream packed) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(packed);
            case "deflate" -> new InflaterInputStream(packed);
            default -> throw new IOException("unknown content coding '" + coding + "'");
        };
    }
}
