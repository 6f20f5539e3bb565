package dev.understudy.report.words;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes a path as part of a URI (RFC 3986, section 2): all but letters, digits and `-._~` as percent and the
/// bytes of UTF-8; slashes stay.
public final class UriPath {
    private static final String PLAIN = "-._~/";

    private UriPath() {}

    /// The path, encoded.
    public static String encode(String path) {
        StringBuilder out = new StringBuilder(path.length() + 8);
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean isPlain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0);
            out.append(isPlain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", (int) character));
        }
        return out.toString();
    }
}
