package dev.understudy.engine;

/// What of a long text goes into the record.
final class Texts {
    private Texts() {}

    /// The last `most` characters.
    static String tail(String text, int most) {
        String stripped = text.strip();
        return stripped.length() <= most ? stripped : "…" + stripped.substring(stripped.length() - most);
    }
}
