package dev.understudy.promql.syntax;

/// A text in single, double or back quotes. The first two have the escapes of Go
/// (https://go.dev/ref/spec#String_literals), the last has none.
///
/// @param value what it stands for
/// @param end where the expression goes on
record StringLiteral(String value, int end) {

    static StringLiteral read(String text, int start) {
        char quote = text.charAt(start);
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at);
            if (c == '\n' && quote != '`') {
                break;
            }
            if (c == '\\' && quote != '`') {
                at = escape(text, at, value);
            } else {
                value.append(c);
                at++;
            }
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw PromQlException.at(text, start, "text never ends: no closing " + quote);
        }
        return new StringLiteral(value.toString(), at + 1);
    }

    private static int escape(String text, int at, StringBuilder value) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int simple = "abfnrtv\\'\"".indexOf(kind);
        if (kind != 0 && simple >= 0) {
            value.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
            return at + 2;
        }
        return switch (kind) {
            case 'x' -> number(text, at, at + 2, 2, 16, value);
            case 'u' -> number(text, at, at + 2, 4, 16, value);
            case 'U' -> number(text, at, at + 2, 8, 16, value);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at, at + 1, 3, 8, value);
            default -> throw PromQlException.at(text, at, "no such escape in a text: \\" + (kind == 0 ? "" : kind));
        };
    }

    private static int number(String text, int at, int from, int digits, int radix, StringBuilder value) {
        int end = from + digits;
        int point = 0;
        for (int i = from; i < end; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0 || point > Character.MAX_CODE_POINT) {
                throw PromQlException.at(text, at, "an escape in a text that is no character");
            }
            point = point * radix + digit;
        }
        if (!Character.isValidCodePoint(point)) {
            throw PromQlException.at(text, at, "an escape in a text that is no character");
        }
        value.appendCodePoint(point);
        return end;
    }
}
