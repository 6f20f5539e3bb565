package dev.understudy.report.words;

/// Escapes text for XML and for drawings inside HTML. Characters that XML 1.0 forbids (most control characters,
/// unpaired surrogates; section 2.2 of its specification) become U+FFFD.
public final class Xml {

    private Xml() {}

    /// Text for content and attributes.
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
            }
        });
        return out.toString();
    }

    /// As [#escape], with line breaks and tabs kept by number, because a parser turns them into spaces in
    /// attributes.
    public static String attribute(String text) {
        return escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;");
    }

    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
