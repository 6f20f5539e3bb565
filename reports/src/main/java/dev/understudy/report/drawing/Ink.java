package dev.understudy.report.drawing;

import java.util.Locale;

/// The colours of drawings. Each is written as a presentation attribute, so that a drawing is complete where
/// styles are blocked, and as a class of the same name, through which the style sheet changes it for dark
/// screens and paper.
enum Ink {
    TEXT("#1b1d21"),
    MUTED("#5a606a"),
    HAIR("#dcdad4"),
    PAPER("#ffffff"),
    CANDIDATE("#1f5aa8"),
    CONTROL("#757983"),
    PALE("#b9cbe4"),
    BAND("#faf1dd"),
    GOOD("#1a6b3c"),
    BAD("#b3261e");

    private final String light;

    Ink(String light) {
        this.light = light;
    }

    /// Attributes that fill a shape.
    String fill() {
        return "class=\"f-%s\" fill=\"%s\"".formatted(word(), light);
    }

    /// Attributes that draw its outline.
    String stroke() {
        return "class=\"s-%s\" stroke=\"%s\"".formatted(word(), light);
    }

    /// Attributes that fill a text and set it off from lines behind it by a rim of paper.
    String rimmed() {
        return "class=\"f-%s s-paper\" fill=\"%s\" stroke=\"%s\" stroke-width=\"4\""
                .formatted(word(), light, PAPER.light);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
