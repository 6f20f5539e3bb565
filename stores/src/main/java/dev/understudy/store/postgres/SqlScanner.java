package dev.understudy.store.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits an SQL text into statements the way `psql` does: at semicolons outside quotes, dollar
/// quotes, comments, parentheses and `BEGIN ATOMIC` bodies; `COPY … FROM stdin` takes the lines up
/// to `\.` with it. Source: PostgreSQL "Lexical Structure". Not thread-safe: one a text.
final class SqlScanner {
    private final String text;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int at;
    private int begin = -1;
    private int parentheses;
    private int blocks;
    private int counted;
    private int line = 1;

    private SqlScanner(String text) {
        this.text = text;
    }

    /// The statements of `text` in their order. A text that ends inside a quote ends its last
    /// statement there; the server says what is wrong with it.
    static List<SqlStatement> statements(String text) {
        SqlScanner scanner = new SqlScanner(text);
        while (scanner.at < text.length()) {
            scanner.step();
        }
        scanner.finish(text.length());
        return List.copyOf(scanner.statements);
    }

    private void step() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("--", at)) {
            at = endOfLine(at);
        } else if (text.startsWith("/*", at)) {
            at = endOfComment(at);
        } else if (c == '\\' && begin < 0) {
            metaCommand();
        } else if (c == ';' && parentheses == 0 && blocks == 0) {
            finish(at);
            at++;
        } else {
            if (begin < 0) {
                begin = at;
            }
            token(c);
        }
    }

    private void token(char c) {
        switch (c) {
            case '\'' -> at = endOfQuote(at, isEscapeString());
            case '"' -> at = endOfQuote(at, false);
            case '$' -> at = endOfDollarQuote(at);
            case '(' -> {
                parentheses++;
                at++;
            }
            case ')' -> {
                parentheses = Math.max(0, parentheses - 1);
                at++;
            }
            default -> {
                if (isWordStart(c)) {
                    word();
                } else {
                    at++;
                }
            }
        }
    }

    private void word() {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at).toUpperCase(Locale.ROOT);
        words.add(word);
        if (blocks > 0 && word.equals("CASE")) {
            blocks++;
        } else if (blocks > 0 && word.equals("END")) {
            blocks--;
        } else if (word.equals("ATOMIC")
                && words.size() > 1
                && words.get(words.size() - 2).equals("BEGIN")) {
            blocks++;
        }
    }

    private void metaCommand() {
        int end = endOfLine(at);
        statements.add(new SqlStatement(text.substring(at, end).strip(), line(at), List.of(), "", true));
        at = end;
    }

    private void finish(int end) {
        if (begin < 0) {
            return;
        }
        String sql = text.substring(begin, end).strip();
        int first = line(begin);
        String data = SqlStatement.isCopyIn(words) && end < text.length() ? takeCopyData(end) : "";
        statements.add(new SqlStatement(sql, first, List.copyOf(words), data, false));
        words.clear();
        begin = -1;
        parentheses = 0;
        blocks = 0;
    }

    /// The lines after the statement, without the closing `\.`; leaves `at` where the caller's
    /// `at++` goes on.
    private String takeCopyData(int semicolon) {
        int start = Math.min(text.length(), endOfLine(semicolon) + 1);
        int end = start;
        while (end < text.length()) {
            int lineEnd = endOfLine(end);
            if (text.substring(end, lineEnd).strip().equals("\\.")) {
                at = lineEnd - 1;
                return text.substring(start, end);
            }
            end = lineEnd + 1;
        }
        at = text.length() - 1;
        return text.substring(start);
    }

    /// Whether the quote at `at` directly follows the `E` of an escape string.
    private boolean isEscapeString() {
        return at > 0
                && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                && (at < 2 || !isWordPart(text.charAt(at - 2)));
    }

    private int endOfQuote(int open, boolean backslashEscapes) {
        char quote = text.charAt(open);
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i++;
            } else if (c == quote) {
                return i + 1; // a doubled quote begins the next one at once, which comes to the same
            }
            i++;
        }
        return text.length();
    }

    private int endOfDollarQuote(int open) {
        int i = open + 1;
        while (i < text.length() && text.charAt(i) != '$' && isWordPart(text.charAt(i))) {
            i++;
        }
        boolean isTag = i < text.length() && text.charAt(i) == '$' && !Character.isDigit(text.charAt(open + 1));
        if (!isTag) {
            return open + 1;
        }
        String tag = text.substring(open, i + 1);
        int close = text.indexOf(tag, i + 1);
        return close < 0 ? text.length() : close + tag.length();
    }

    private int endOfComment(int open) {
        int depth = 0;
        int i = open;
        while (i < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return text.length();
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /// Asked in rising order only, so that a long text is counted once.
    private int line(int position) {
        while (counted < position) {
            if (text.charAt(counted) == '\n') {
                line++;
            }
            counted++;
        }
        return line;
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
