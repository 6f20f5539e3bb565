package dev.understudy.scenario.tree;

/// Turns code point offsets, which the parser counts, into char offsets, which strings have; asked in
/// rising order.
final class Offsets {
    private final String text;
    private int codePoints;
    private int chars;

    Offsets(String text) {
        this.text = text;
    }

    int ofCodePoint(int wanted) {
        if (wanted < codePoints) {
            codePoints = 0;
            chars = 0;
        }
        while (codePoints < wanted && chars < text.length()) {
            chars += Character.charCount(text.codePointAt(chars));
            codePoints++;
        }
        return chars;
    }
}
