package dev.understudy.report.drawing;

import java.util.Locale;

/// Whether a figure speaks for or against shipping. Always shown as a shape and a word, never as a colour
/// alone.
public enum Sign {
    /// Within its limit.
    GOOD,
    /// Beyond its limit.
    BAD,
    /// Not known.
    OPEN,
    /// A figure without a limit.
    PLAIN;

    /// The name of its style.
    public String tone() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its shape, `size` pixels wide, drawn with presentation attributes so that it survives blocked styles.
    public String shape(int size) {
        String head = "<svg class=\"shape\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" width=\"" + size
                + "\" height=\"" + size + "\" aria-hidden=\"true\" focusable=\"false\">";
        return switch (this) {
            case GOOD -> head + disc(Ink.GOOD) + stroke("M6.5 12.5l3.8 3.8 7.2-8") + "</svg>";
            case BAD -> head + disc(Ink.BAD) + stroke("M8 8l8 8M16 8l-8 8") + "</svg>";
            case OPEN ->
                head + disc(Ink.MUTED) + stroke("M9 9.4a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.2v.1") + "</svg>";
            case PLAIN -> "";
        };
    }

    private static String disc(Ink ink) {
        return "<circle cx=\"12\" cy=\"12\" r=\"11\" " + ink.fill() + "/>";
    }

    private static String stroke(String path) {
        return "<path d=\"" + path + "\" fill=\"none\" stroke-width=\"2.4\" stroke-linecap=\"round\" "
                + "stroke-linejoin=\"round\" " + Ink.PAPER.stroke() + "/>";
    }
}
