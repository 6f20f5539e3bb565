package dev.understudy.report.ci;

import java.nio.charset.StandardCharsets;

/// Text that takes whole pieces as long as they fit below a limit of bytes in UTF-8.
final class BoundedText {
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    /// Appends whatever it costs: for the pieces that are themselves short and few.
    void add(String piece) {
        text.append(piece);
        bytes += length(piece);
    }

    /// Appends the piece if the whole is then at most `limit` bytes long; says whether it did.
    boolean addWithin(int limit, String piece) {
        if (bytes + length(piece) > limit) {
            return false;
        }
        add(piece);
        return true;
    }

    private static int length(String piece) {
        return piece.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
