package dev.understudy.scenario.tree;

/// What a user wrote, made fit for one line of a message.
public final class Shortened {
    private static final int LONGEST = 60;

    private Shortened() {}

    /// The text on one line, without control characters, cut after 60 characters.
    public static String of(String text) {
        String head = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder shown = new StringBuilder(head.length());
        head.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
