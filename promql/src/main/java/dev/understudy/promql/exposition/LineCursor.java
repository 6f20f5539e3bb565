package dev.understudy.promql.exposition;

import dev.understudy.promql.series.LabelText;

/// A place in one line. Blanks are spaces and tabs.
final class LineCursor {
    private final String line;
    private final int number;
    private int at;

    LineCursor(String line, int number) {
        this.line = line;
        this.number = number;
    }

    void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    boolean atEnd() {
        return at == line.length();
    }

    boolean at(char wanted) {
        return at < line.length() && line.charAt(at) == wanted;
    }

    /// Steps over `wanted` if it is next.
    boolean take(char wanted) {
        boolean there = at(wanted);
        if (there) {
            at++;
        }
        return there;
    }

    void expect(char wanted, String where) {
        if (!take(wanted)) {
            throw error("expected '" + wanted + "' " + where + ", found " + next());
        }
    }

    /// What comes up to the next blank.
    String word() {
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /// What comes up to the next character that no name has, or a quoted name.
    String name(String what) {
        int start = at;
        if (at('"')) {
            String quoted = quoted(what);
            if (quoted.isEmpty()) {
                throw error(start, "expected " + what + ", found an empty one");
            }
            return quoted;
        }
        while (at < line.length() && isNameCharacter(line.charAt(at))) {
            at++;
        }
        String name = line.substring(start, at);
        if (!LabelText.isMetricName(name)) {
            at = start;
            throw error("expected " + what + ", found " + next());
        }
        return name;
    }

    /// A text in double quotes with its escapes undone; an escape that isn't one stays as it is.
    String quoted(String what) {
        int start = at;
        expect('"', "before " + what);
        StringBuilder value = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            value.append(character());
        }
        if (atEnd()) {
            at = start;
            throw error(what + " never ends: no closing '\"'");
        }
        at++;
        return value.toString();
    }

    private String character() {
        char c = line.charAt(at++);
        if (c != '\\' || atEnd()) {
            return String.valueOf(c);
        }
        char escaped = line.charAt(at++);
        return switch (escaped) {
            case 'n' -> "\n";
            case '\\', '"' -> String.valueOf(escaped);
            default -> "\\" + escaped;
        };
    }

    String rest() {
        String rest = line.substring(at);
        at = line.length();
        return rest;
    }

    int position() {
        return at;
    }

    ExpositionException error(String message) {
        return error(at, message);
    }

    ExpositionException error(int position, String message) {
        return new ExpositionException(number, position + 1, message);
    }

    /// What is next, short enough for a message.
    String next() {
        if (atEnd()) {
            return "the end of the line";
        }
        int end = Math.min(line.length(), at + 20);
        return "'" + line.substring(at, end) + (end < line.length() ? "…'" : "'");
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || c == ':' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
