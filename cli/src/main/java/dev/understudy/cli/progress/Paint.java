package dev.understudy.cli.progress;

/// Colour, where it is wanted. It is never the only sign: what is red is also in words.
///
/// @param wanted whether anything is coloured
record Paint(boolean wanted) {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String FAINT = "2";

    String of(Telling telling, String text) {
        boolean isBad =
                telling.weight() == Telling.Weight.ALARM || telling.text().startsWith("BREACH");
        return isBad ? in(RED, text) : telling.weight() == Telling.Weight.RESULT ? in(GREEN, text) : text;
    }

    String bad(String text) {
        return in(RED, text);
    }

    String good(String text) {
        return in(GREEN, text);
    }

    String faint(String text) {
        return in(FAINT, text);
    }

    /// Select Graphic Rendition (ECMA-48, 8.3.117).
    private String in(String colour, String text) {
        return wanted ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
