package dev.understudy.report.ci;

import java.util.Arrays;

/// Text from outside as text in Markdown (GitHub's flavour): nothing in it is markup, a link, a mention or the end
/// of a table's cell.
final class Markdown {
    private static final String SPECIAL = "\\`*_{}[]()#+!|~";
    /// Stands between a sign and the name after it, so that nobody is called upon.
    private static final char NO_BREAK = '\u2060';

    private Markdown() {}

    /// One line of plain text.
    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        oneLine(text).codePoints().forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@' -> out.append('@').append(NO_BREAK);
                default -> {
                    if (SPECIAL.indexOf(point) >= 0) {
                        out.append('\\');
                    }
                    out.appendCodePoint(point);
                }
            }
        });
        return out.toString();
    }

    /// A name in the type of code; in a table, too.
    static String code(String text) {
        return "<code>" + text(text) + "</code>";
    }

    /// A block of code behind a fence that nothing in it can end.
    static String block(String language, String text) {
        int longest = Arrays.stream(text.split("[^`]+"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + text.strip() + "\n" + fence + "\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }
}
