package dev.understudy.promql.syntax;

import dev.understudy.promql.syntax.Token.Kind;
import java.util.List;

/// The tokens of one expression, taken from the front.
final class TokenStream {
    private final String text;
    private final List<Token> tokens;
    private int at;

    TokenStream(String text) {
        this.text = text;
        this.tokens = new Lexer(text).tokens();
    }

    Token peek() {
        return tokens.get(at);
    }

    /// The token after the next; the end if there is none.
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean take(String sign) {
        boolean there = peek().is(sign);
        if (there) {
            take();
        }
        return there;
    }

    boolean takeWord(String keyword) {
        boolean there = peek().isWord(keyword);
        if (there) {
            take();
        }
        return there;
    }

    Token expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw error("expected " + what + ", found " + peek().shown());
        }
        return take();
    }

    void expect(String sign, String where) {
        if (!take(sign)) {
            throw error("expected '" + sign + "' " + where + ", found " + peek().shown());
        }
    }

    /// A problem with the next token.
    PromQlException error(String problem) {
        return error(peek().offset(), problem);
    }

    PromQlException error(int offset, String problem) {
        return PromQlException.at(text, offset, problem);
    }
}
