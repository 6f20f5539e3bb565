package dev.understudy.promql.syntax;

import java.util.Locale;

/// A piece of an expression.
///
/// @param offset of its first character
/// @param text as written; for [Kind#STRING] the text it stands for
record Token(Kind kind, int offset, String text) {
    enum Kind {
        /// A name; keywords are names too, the parser tells by where they stand.
        NAME,
        NUMBER,
        DURATION,
        STRING,
        /// Operators, brackets, commas.
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /// Whether this is the keyword, which may be written in capitals.
    boolean isWord(String keyword) {
        return kind == Kind.NAME && text.toLowerCase(Locale.ROOT).equals(keyword);
    }

    /// As it is shown in messages.
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "a text";
            default -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        };
    }
}
