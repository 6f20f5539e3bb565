package dev.understudy.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.promql.syntax.PromQlException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong or not supported is named, with its place.
class BadExpressionsTest {

    private static final String ROWS = """
                    ¦ 1:1: the expression is empty
                    stock + ¦ 1:8: expected an expression, found the end
                    stock stock ¦ 1:7: expected an operator or the end, found 'stock'
                    (stock ¦ 1:7: expected ')' to close '(', found the end
                    stock{shop="a" ¦ 1:15: expected ',' or '}' after a label matcher, found the end
                    stock{shop} ¦ 1:11: expected =, !=, =~ or !~ after label shop, found '}'
                    stock{shop=~"("} ¦ 1:13: bad regular expression '(': missing closing ) (RE2 syntax)
                    stock{shop="a} ¦ 1:12: text never ends: no closing "
                    {job=~".*"} ¦ 1:1: a selector needs a metric name or a matcher that does not accept the empty text
                    on{a="b"} ¦ 1:1: 'on' is a keyword; write {__name__="on"}
                    stock[5] + 1 ¦ 1:1: an operand of + is a scalar or an instant vector, found a range vector
                    rate(stock) ¦ 1:6: argument 1 of rate is a range vector, found an instant vector
                    abs(stock[5m]) ¦ 1:5: argument 1 of abs is an instant vector, found a range vector
                    rate(stock[0s]) ¦ 1:12: a range is longer than 0
                    rate(stock[5x]) ¦ 1:12: '5x' is neither a number nor a duration such as 5m or 1h30m
                    rate(stock[200y]) ¦ 1:12: '200y' is longer than 100 years
                    stock offset 5m [1m] ¦ 1:17: the range stands before offset
                    sum(stock) offset 5m ¦ 1:12: offset stands behind a selector, a range or a subquery
                    (stock)[5m] ¦ 1:8: a range stands behind a selector; behind an expression write a subquery [5m:1m]
                    stock @ 5 ¦ 1:7: the @ modifier is not supported; supported are offset, ranges [5m] and subqueries [5m:1m]
                    1 > 2 ¦ 1:3: a comparison of two scalars needs bool: > bool
                    1 and 2 ¦ 1:3: and stands between two vectors
                    stock + bool 1 ¦ 1:9: bool stands behind a comparison only, not behind +
                    stock and on(a) group_left stock ¦ 1:17: no grouping is allowed for and
                    stock * on(a) group_left(a) stock ¦ 1:15: a label stands both in on and in group_left
                    stock * on(a) 2 ¦ 1:7: vector matching stands between two vectors
                    topk(stock) ¦ 1:1: topk takes 2 arguments, found 1
                    topk(stock, stock) ¦ 1:6: the parameter of topk is a scalar, found an instant vector
                    clamp(stock, 1) ¦ 1:1: clamp takes at least 3 arguments, found 2
                    time(1) ¦ 1:6: time takes at most 0 arguments
                    -"a" ¦ 1:1: a sign stands before a scalar or an instant vector, found a string
                    label_replace(stock, "a-b", "", "c", "d") ¦ 1:22: 'a-b' is no label name
                    label_replace(stock, "a", "", "c", "[") ¦ 1:36: bad regular expression '[': missing closing ] (RE2 syntax)
                    stock & 1 ¦ 1:7: unexpected '&'
                    "\\q" ¦ 1:2: no such escape in a text: \\q
                    """;

    static Stream<Arguments> rows() {
        return ROWS.lines().map(row -> row.split("¦")).map(row -> Arguments.of(row[0].strip(), row[1].strip()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isNamedWithItsPlace(String expression, String problem) {
        assertThatThrownBy(() -> PromQl.parse(expression))
                .isInstanceOf(PromQlException.class)
                .hasMessage(problem);
    }

    @Test
    void whatPrometheusHasAndThisHasNotSaysWhatThereIs() {
        assertThatThrownBy(() -> PromQl.parse("sum(holt_winters(x[5m], 1, 1))"))
                .hasMessageStartingWith("1:5: holt_winters is not supported; supported are abs, absent, ")
                .hasMessageContaining(" rate, resets, ");
        assertThatThrownBy(() -> PromQl.parse("1 + limitk(2, x)"))
                .hasMessageStartingWith("1:5: limitk is not supported; supported are ");
        assertThatThrownBy(() -> PromQl.parse("raet(x[5m])"))
                .hasMessageStartingWith("1:1: there is no function raet; supported are ");
    }

    @Test
    void linesCount() {
        assertThatThrownBy(() -> PromQl.parse("sum(\n  rate(x)\n)"))
                .isInstanceOfSatisfying(PromQlException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(8);
                });
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThatThrownBy(() -> PromQl.parse("(".repeat(50_000))).hasMessageEndingWith("nested more than 100 deep");
        assertThatThrownBy(() -> PromQl.parse("-".repeat(50_000))).hasMessageEndingWith("nested more than 100 deep");
        assertThatThrownBy(() -> PromQl.parse("1" + "+1".repeat(5_000)))
                .hasMessageEndingWith("more than 1000 operators");
        assertThatThrownBy(() -> PromQl.parse(" ".repeat(100_001))).hasMessageContaining("longer than 100000");
    }

    @Test
    void theLongestChainIsEvaluated() {
        Shop shop = new Shop();
        assertThat(PromQl.parse("sum(stock)" + " + sum(stock)".repeat(1_000)).at(shop.store, Shop.NOW))
                .hasToString("Vector[samples=[Sample[labels={}, value=17017.0]]]");
    }

    @Test
    void workIsBounded() {
        Shop shop = new Shop();
        assertThatThrownBy(() -> PromQl.parse("max_over_time(stock[1d:1ms])").at(shop.store, Shop.NOW))
                .hasMessage("1:15: a subquery of more than 11000 steps");
        var settings = new dev.understudy.promql.evaluation.Settings(Duration.ofMinutes(5), Duration.ofMinutes(1), 10);
        assertThatThrownBy(() -> PromQl.parse("sum_over_time(stock[5m])").at(shop.store, Shop.NOW, settings))
                .hasMessage("1:15: more than 10 samples to look at");
    }
}
