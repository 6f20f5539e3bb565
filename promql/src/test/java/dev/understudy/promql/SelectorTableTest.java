package dev.understudy.promql;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Literals and selectors, by https://prometheus.io/docs/prometheus/latest/querying/basics/
class SelectorTableTest {

    /// "Float literals and time durations", "String literals": Go's escapes; none in back quotes.
    @TestFactory
    Stream<DynamicTest> literals() {
        return new ExpressionTable()
                .row("23", "scalar 23")
                .row("3.4e-9", "scalar 3.4e-09")
                .row(".5", "scalar 0.5")
                .row("0x1F", "scalar 31")
                .row("-Inf", "scalar -Inf")
                .row("nan", "scalar NaN")
                .row("5m", "scalar 300")
                .row("1h30m", "scalar 5400")
                .row("250ms", "scalar 0.25")
                .row("\"a\\x41\\u00e9\"", "text aA\u00e9")
                .row("'it\\'s'", "text it's")
                .row("`a\\n`", "text a\\n")
                .row("1 # one\n + 1", "scalar 2")
                .tests();
    }

    /// "Instant vector selectors": four operators; regular expressions match whole values; a matcher that
    /// accepts the empty text also finds series without the label; several for one label all have to hold.
    @TestFactory
    Stream<DynamicTest> instantVectors() {
        return new ExpressionTable()
                .row("stock", "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7")
                .row("orders_total{shop!=\"north\"}", "orders_total{pay=\"card\", shop=\"south\"} 180")
                .row("orders_total{pay=~\"ca.h\"}", "orders_total{pay=\"cash\", shop=\"north\"} 60")
                .row("orders_total{pay=~\"ca\"}", "nothing")
                .row("orders_total{pay!~\"car.*\"}", "orders_total{pay=\"cash\", shop=\"north\"} 60")
                .row("stock{pay=\"\"}", "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7")
                .row("stock{pay=~\".*\", shop=\"south\"}", "stock{shop=\"south\"} 7")
                .row("stock{shop!=\"north\", shop=~\".*th\"}", "stock{shop=\"south\"} 7")
                .row(
                        "{__name__=~\"stock|failures_total\", shop=\"south\"}",
                        "failures_total{pay=\"card\", shop=\"south\"} 0 | stock{shop=\"south\"} 7")
                .row("{\"stock\", shop=\"south\"}", "stock{shop=\"south\"} 7")
                .row("nowhere", "nothing")
                .tests();
    }

    /// "Range vector selectors" (since Prometheus 3 open at their start), "Offset modifier".
    @TestFactory
    Stream<DynamicTest> rangesAndOffsets() {
        return new ExpressionTable()
                .row("stock{shop=\"north\"}[45s]", "stock{shop=\"north\"} 14 12 10")
                .row("stock{shop=\"north\"}[46s]", "stock{shop=\"north\"} 16 14 12 10")
                .row("stock{shop=\"north\"} offset 1m", "stock{shop=\"north\"} 18")
                .row("stock{shop=\"north\"} offset 7s", "stock{shop=\"north\"} 12")
                .row("stock{shop=\"north\"} offset -15s", 270 * Shop.SECOND, "stock{shop=\"north\"} 12")
                .row("stock{shop=\"north\"}[30s] offset 1m", "stock{shop=\"north\"} 20 18")
                .row("rate(orders_total{pay=\"cash\"}[1m] offset 2m)", "{pay=\"cash\", shop=\"north\"} 0.2")
                .tests();
    }

    /// "Staleness": the newest sample within five minutes counts, unless the series was marked stale since.
    @TestFactory
    Stream<DynamicTest> staleness() {
        return new ExpressionTable()
                .row("late", "late 5")
                .row("old", 299 * Shop.SECOND, "old 9")
                .row("old", "nothing")
                .row("ended", 299 * Shop.SECOND, "ended 19")
                .row("ended", "nothing")
                .row("count_over_time(ended[1m])", "{} 3")
                .row("last_over_time(ended[1m])", "ended 19")
                .tests();
    }

    /// "Subquery": instants are multiples of the step since 1970; without a step the evaluation interval,
    /// 1 min.
    @TestFactory
    Stream<DynamicTest> subqueries() {
        return new ExpressionTable()
                .row("max_over_time(stock{shop=\"north\"}[1m:30s])", "{shop=\"north\"} 14")
                .row("max_over_time(stock{shop=\"north\"}[1m:30s])", 290 * Shop.SECOND, "{shop=\"north\"} 18")
                .row("count_over_time(stock{shop=\"south\"}[1m:15s])", "{shop=\"south\"} 4")
                .row("sum_over_time(vector(1)[2m:])", "{} 2")
                .row(
                        "max_over_time(rate(orders_total{pay=\"cash\"}[1m])[1m:15s])",
                        "{pay=\"cash\", shop=\"north\"} 0.2")
                .row("sum(stock)[30s:15s] offset 1m", "{} 27 25")
                .tests();
    }
}
