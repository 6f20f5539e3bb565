package dev.understudy.links;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One line of an HTTP head (RFC 9112, section 2) as it comes in byte by byte. Keeps the first bytes only: the
/// lines that matter are short.
final class HeadLine {
    private static final int KEPT = 512;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final byte[] bytes = new byte[KEPT];
    private int length;
    private boolean cut;

    /// Whether `b` may stand in a token (RFC 9110, section 5.6.2).
    static boolean isToken(byte b) {
        return isDigit(b) || isLetter(b) || (b > 0 && TOKEN_MARKS.indexOf(b) >= 0);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    void add(byte b) {
        if (length < KEPT) {
            bytes[length++] = b;
        } else {
            cut = true;
        }
    }

    /// Takes off the carriage return before the line feed.
    void end() {
        if (length > 0 && !cut && bytes[length - 1] == '\r') {
            length--;
        }
    }

    void clear() {
        length = 0;
        cut = false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// Whether it continues the line before (obsolete line folding).
    boolean isFolded() {
        return length > 0 && (bytes[0] == ' ' || bytes[0] == '\t');
    }

    /// The length of the token that it begins with.
    int tokenLength() {
        int at = 0;
        while (at < length && isToken(bytes[at])) {
            at++;
        }
        return at;
    }

    /// Whether it is `name: value`.
    boolean isField() {
        int at = tokenLength();
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at > 0 && at < length && bytes[at] == ':';
    }

    /// Whether it is a field of that name, which is in lower case.
    boolean isNamed(String name) {
        if (length <= name.length() || tokenLength() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) bytes[i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The value of a field, in lower case, without the space around it.
    String value() {
        String whole = text();
        return whole.substring(whole.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
    }

    /// Whether it begins with the word `word` and a space.
    boolean isCalled(String word) {
        return tokenLength() == word.length() && startsWith(word);
    }

    boolean startsWith(String start) {
        if (length < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (bytes[i] != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether it is a request line of HTTP/1.x; of one that is longer than what is kept only the start is
    /// known.
    boolean isRequestLine() {
        int method = tokenLength();
        if (method == 0 || method + 2 > length || bytes[method] != ' ') {
            return false;
        }
        return cut || text().substring(method).matches(" \\S+ HTTP/1\\.\\d");
    }

    /// The method of a request line.
    String method() {
        return new String(bytes, 0, tokenLength(), StandardCharsets.ISO_8859_1);
    }

    /// The target of a request line, or the beginning of it if it is longer than what is kept.
    String target() {
        String after = text().substring(tokenLength()).strip();
        int space = after.indexOf(' ');
        return space < 0 ? after : after.substring(0, space);
    }

    /// The status of a status line of HTTP/1.x, or -1 if it is none.
    int status() {
        boolean spaced = length >= 12 && bytes[8] == ' ' && (length == 12 || bytes[12] == ' ');
        if (!spaced || !startsWith("HTTP/1.")) {
            return -1;
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            status = status * 10 + bytes[i] - '0';
        }
        return status;
    }

    /// The size of a chunk (RFC 9112, section 7.1), or -1 if it is none.
    long chunkSize() {
        long size = 0;
        int digits = 0;
        while (digits < length && Character.digit(bytes[digits], 16) >= 0) {
            size = size * 16 + Character.digit(bytes[digits++], 16);
        }
        boolean clean = digits == length || bytes[digits] == ';' || bytes[digits] == ' ' || bytes[digits] == '\t';
        return digits == 0 || digits > 15 || !clean ? -1 : size;
    }

    private String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
