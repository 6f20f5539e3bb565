package dev.understudy.promql.series;

import java.util.Map;
import java.util.StringJoiner;

/// How labels are written: as in PromQL and as in the text format, which agree.
public final class LabelText {
    private LabelText() {}

    /// Whether `name` can stand as a label's name without quotes.
    public static boolean isLabelName(String name) {
        return isName(name, false);
    }

    /// Whether `name` can stand as a metric's name without quotes.
    public static boolean isMetricName(String name) {
        return isName(name, true);
    }

    // asked for every label that is compared, so no regular expression
    private static boolean isName(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_' || (colons && c == ':');
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// `value` in double quotes; backslash, quote and line feed are escaped.
    public static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }

    static String print(Labels labels) {
        boolean plain = labels.name().isEmpty() || isMetricName(labels.name());
        StringJoiner inner =
                new StringJoiner(", ", "{", "}").setEmptyValue(labels.name().isEmpty() ? "{}" : "");
        if (!plain) {
            inner.add(quoted(labels.name()));
        }
        for (Map.Entry<String, String> label : labels.asMap().entrySet()) {
            if (!label.getKey().equals(Labels.NAME)) {
                String name = isLabelName(label.getKey()) ? label.getKey() : quoted(label.getKey());
                inner.add(name + "=" + quoted(label.getValue()));
            }
        }
        return (plain ? labels.name() : "") + inner;
    }
}
