package dev.understudy.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The end of what a process printed.
final class OutputTail {
    private OutputTail() {}

    /// The last `most` characters of a text file, or an empty text if it can't be read.
    static String of(Path file, int most) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return text.length() <= most ? text : "…" + text.substring(text.length() - most);
        } catch (IOException none) {
            return "";
        }
    }
}
