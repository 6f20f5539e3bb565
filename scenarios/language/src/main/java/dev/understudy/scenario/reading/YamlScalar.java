package dev.understudy.scenario.reading;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A text as one value of a YAML file, read back as just that text, in flow and block style alike. Escapes:
/// YAML 1.2, sections 5.1 and 5.7. Pure.
public final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    /// Other readers, of YAML 1.1, take these for truth values or nothing.
    private static final Set<String> MISTAKEN = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private YamlScalar() {}

    /// Plain where nothing can be mistaken, else between double quotes.
    public static String of(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !MISTAKEN.contains(text.toLowerCase(Locale.ROOT));
        return isPlain ? text : quoted(text);
    }

    /// Between double quotes, on one line.
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> append(out, point));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else {
                    out.append(String.format(Locale.ROOT, point > 0xffff ? "\\U%08x" : "\\u%04x", point));
                }
            }
        }
    }

    /// What may stand in a file as it is, without line breaks of any kind and the byte order mark.
    private static boolean isPrintable(int point) {
        return (point >= 0x20 && point < 0x7f)
                || (point >= 0xa0 && point < 0xd800 && point != 0x2028 && point != 0x2029)
                || (point > 0xdfff && point < 0xfffe && point != 0xfeff)
                || point > 0xffff;
    }
}
