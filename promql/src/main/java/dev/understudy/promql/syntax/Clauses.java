package dev.understudy.promql.syntax;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.LabelText;
import dev.understudy.promql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The small parts around expressions: numbers, times, lists of labels, and what stands behind an operator.
final class Clauses {
    private final TokenStream tokens;

    /// `by (…)` or `without (…)`.
    record Grouping(boolean without, List<String> labels) {}

    Clauses(TokenStream tokens) {
        this.tokens = tokens;
    }

    Node number() {
        Token token = tokens.take();
        if (token.kind() == Kind.DURATION) {
            return new Node.Number(token.offset(), nanos(token) / 1e9);
        }
        return new Node.Number(token.offset(), value(token));
    }

    private double value(Token token) {
        String text = token.text();
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return Double.parseDouble(text + "p0");
        }
        return FloatText.parse(text).orElseThrow(() -> tokens.error(token.offset(), token.shown() + " is no number"));
    }

    /// The length of a range: above 0.
    long length() {
        Token token = tokens.peek();
        long nanos = time("a range");
        if (nanos <= 0) {
            throw tokens.error(token.offset(), "a range is longer than 0");
        }
        return nanos;
    }

    /// The step of a subquery, which may be left out.
    OptionalLong step() {
        return tokens.peek().is("]") ? OptionalLong.empty() : OptionalLong.of(length());
    }

    /// What stands behind `offset`, perhaps with a sign.
    long shift() {
        boolean back = tokens.take("-");
        if (!back) {
            tokens.take("+");
        }
        long nanos = time("offset");
        return back ? -nanos : nanos;
    }

    private long time(String what) {
        Token token = tokens.peek();
        if (token.kind() == Kind.DURATION) {
            return nanos(tokens.take());
        }
        if (token.kind() != Kind.NUMBER) {
            throw tokens.error("expected a duration such as 5m for " + what + ", found " + token.shown());
        }
        tokens.take();
        return Durations.ofSeconds(value(token)).orElseThrow(() -> tooLong(token));
    }

    private long nanos(Token token) {
        return Durations.nanos(token.text()).orElseThrow(() -> tooLong(token));
    }

    private PromQlException tooLong(Token token) {
        return tokens.error(token.offset(), token.shown() + " is longer than 100 years");
    }

    Optional<Grouping> grouping() {
        boolean without = tokens.takeWord("without");
        boolean grouped = without || tokens.takeWord("by");
        return grouped ? Optional.of(new Grouping(without, labels())) : Optional.empty();
    }

    boolean bool(Operator operator) {
        Token token = tokens.peek();
        boolean bool = tokens.takeWord("bool");
        if (bool && operator.kind() != Operator.Kind.COMPARISON) {
            throw tokens.error(token.offset(), "bool stands behind a comparison only, not behind " + operator.sign());
        }
        return bool;
    }

    Matching matching(Operator operator) {
        boolean on = tokens.takeWord("on");
        if (!on && !tokens.takeWord("ignoring")) {
            return Matching.USUAL;
        }
        List<String> labels = labels();
        Token group = tokens.peek();
        boolean left = tokens.takeWord("group_left");
        if (!left && !tokens.takeWord("group_right")) {
            return new Matching(on, labels, Matching.Cardinality.ONE_TO_ONE, List.of());
        }
        if (operator.kind() == Operator.Kind.SET) {
            throw tokens.error(group.offset(), "no grouping is allowed for " + operator.sign());
        }
        List<String> include = tokens.peek().is("(") ? labels() : List.of();
        if (on && include.stream().anyMatch(labels::contains)) {
            throw tokens.error(group.offset(), "a label stands both in on and in " + group.text());
        }
        return new Matching(
                on, labels, left ? Matching.Cardinality.MANY_TO_ONE : Matching.Cardinality.ONE_TO_MANY, include);
    }

    private List<String> labels() {
        tokens.expect("(", "before a list of labels");
        List<String> labels = new ArrayList<>();
        while (!tokens.take(")")) {
            labels.add(label());
            if (!tokens.peek().is(")")) {
                tokens.expect(",", "or ')' in a list of labels");
            }
        }
        return List.copyOf(labels);
    }

    private String label() {
        Token token = tokens.peek();
        if (token.kind() == Kind.STRING) {
            return tokens.take().text();
        }
        tokens.expect(Kind.NAME, "a label name");
        if (!LabelText.isLabelName(token.text())) {
            throw tokens.error(token.offset(), token.shown() + " is no label name");
        }
        return token.text();
    }
}
