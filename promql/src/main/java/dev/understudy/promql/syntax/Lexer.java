package dev.understudy.promql.syntax;

import dev.understudy.promql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts an expression into tokens. `#` begins a comment that lasts to the end of the line.
final class Lexer {
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]+|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final List<String> SIGNS = List.of(
            "==", "!=", ">=", "<=", "=~", "!~", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", "=",
            ">", "<", ":", "@");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets;

    Lexer(String text) {
        this.text = text;
    }

    List<Token> tokens() {
        for (skip(); at < text.length(); skip()) {
            tokens.add(next());
        }
        tokens.add(new Token(Kind.END, text.length(), ""));
        return tokens;
    }

    private void skip() {
        boolean comment = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            comment = c != '\n' && (comment || c == '#');
            if (!comment && !Character.isWhitespace(c)) {
                return;
            }
            at++;
        }
    }

    private Token next() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') {
            StringLiteral literal = StringLiteral.read(text, at);
            Token token = new Token(Kind.STRING, at, literal.value());
            at = literal.end();
            return token;
        }
        boolean fraction = c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
        if (isDigit(c) || fraction) {
            return number();
        }
        // In `[5m:1m]` the colon parts two durations; anywhere else it may begin a metric's name.
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (name.lookingAt() && !(c == ':' && brackets > 0)) {
            return taken(Kind.NAME, name.end());
        }
        return sign();
    }

    private Token number() {
        int end = Durations.end(text, at);
        Kind kind = Kind.DURATION;
        if (end < 0) {
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            end = number.lookingAt() ? number.end() : at + 1;
            kind = Kind.NUMBER;
        }
        if (end < text.length() && (isWordCharacter(text.charAt(end)) || text.charAt(end) == '.')) {
            throw PromQlException.at(
                    text, at, "'" + word() + "' is neither a number nor a duration such as 5m or 1h30m");
        }
        return taken(kind, end);
    }

    private String word() {
        int end = at;
        while (end < text.length() && end < at + 40 && (isWordCharacter(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return text.substring(at, end);
    }

    private Token sign() {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                brackets += sign.equals("[") ? 1 : sign.equals("]") ? -1 : 0;
                return taken(Kind.SIGN, at + sign.length());
            }
        }
        throw PromQlException.at(text, at, "unexpected '" + Character.toString(text.codePointAt(at)) + "'");
    }

    private Token taken(Kind kind, int end) {
        Token token = new Token(kind, at, text.substring(at, end));
        at = end;
        return token;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
