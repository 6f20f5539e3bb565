package dev.understudy.cli.progress;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The signs of the tree: with or without Unicode.
record Glyphs(String good, String bad, List<String> turns) {
    private static final Glyphs UNICODE =
            new Glyphs("✔", "✘", List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"));
    private static final Glyphs ASCII = new Glyphs("+", "x", List.of("|", "/", "-", "\\"));

    /// Those that a terminal of this encoding can show.
    static Glyphs of(Charset encoding) {
        return encoding.equals(StandardCharsets.UTF_8) ? UNICODE : ASCII;
    }

    String turning(long frame) {
        return turns.get((int) (frame % turns.size()));
    }
}
