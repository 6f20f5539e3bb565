package dev.understudy.promql.syntax;

import dev.understudy.promql.series.LabelText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Matcher;
import dev.understudy.promql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Reads `metric{label="value", …}`, and `{"metric", "label"="value"}` for names with other characters.
final class SelectorParser {
    private static final Set<String> KEYWORDS = Set.of("bool", "on", "ignoring", "group_left", "group_right", "offset");

    private final TokenStream tokens;
    private final List<Matcher> matchers = new ArrayList<>();

    SelectorParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Node.Selector read() {
        int offset = tokens.peek().offset();
        if (tokens.peek().kind() == Kind.NAME) {
            name(tokens.take());
        }
        if (tokens.take("{")) {
            while (!tokens.take("}")) {
                condition();
                if (!tokens.peek().is("}")) {
                    tokens.expect(",", "or '}' after a label matcher");
                }
            }
        }
        if (matchers.stream().allMatch(Matcher::acceptsNothing)) {
            throw tokens.error(
                    offset, "a selector needs a metric name or a matcher that does not accept the empty text");
        }
        return new Node.Selector(offset, List.copyOf(matchers), 0);
    }

    private void name(Token name) {
        if (KEYWORDS.stream().anyMatch(name::isWord)) {
            throw tokens.error(name.offset(), name.shown() + " is a keyword; write {__name__=\"" + name.text() + "\"}");
        }
        matchers.add(Matcher.of(Labels.NAME, Matcher.Kind.EQUAL, name.text()));
    }

    private void condition() {
        Token label = tokens.peek();
        boolean quoted = label.kind() == Kind.STRING;
        if (!quoted) {
            tokens.expect(Kind.NAME, "a label name or '}'");
        } else {
            tokens.take();
        }
        Token sign = tokens.peek();
        if (quoted && (sign.is(",") || sign.is("}"))) {
            metric(label);
            return;
        }
        if (!quoted && !LabelText.isLabelName(label.text())) {
            throw tokens.error(label.offset(), label.shown() + " is no label name");
        }
        Matcher.Kind kind = Arrays.stream(Matcher.Kind.values())
                .filter(known -> sign.is(known.sign()))
                .findFirst()
                .orElseThrow(() -> tokens.error(
                        "expected =, !=, =~ or !~ after label " + label.text() + ", found " + sign.shown()));
        tokens.take();
        Token value = tokens.expect(Kind.STRING, "a text in quotes after " + label.text() + kind.sign());
        add(label.text(), kind, value);
    }

    private void metric(Token name) {
        boolean named = matchers.stream().anyMatch(matcher -> matcher.label().equals(Labels.NAME));
        if (named) {
            throw tokens.error(name.offset(), "a second metric name");
        }
        matchers.add(Matcher.of(Labels.NAME, Matcher.Kind.EQUAL, name.text()));
    }

    private void add(String label, Matcher.Kind kind, Token value) {
        try {
            matchers.add(Matcher.of(label, kind, value.text()));
        } catch (IllegalArgumentException e) {
            throw tokens.error(value.offset(), String.valueOf(e.getMessage()));
        }
    }
}
