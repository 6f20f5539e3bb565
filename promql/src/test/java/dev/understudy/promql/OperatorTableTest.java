package dev.understudy.promql;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Operators, by https://prometheus.io/docs/prometheus/latest/querying/operators/
class OperatorTableTest {

    /// "Binary operator precedence": left-associative, but for `^`; a sign binds like a factor.
    @TestFactory
    Stream<DynamicTest> precedence() {
        return new ExpressionTable()
                .row("2 + 3 * 4", "scalar 14")
                .row("(2 + 3) * 4", "scalar 20")
                .row("10 - 4 - 3", "scalar 3")
                .row("2 * 7 % 4", "scalar 2")
                .row("2 ^ 3 ^ 2", "scalar 512")
                .row("-2 ^ 2", "scalar -4")
                .row("2 ^ -1 * 3", "scalar 1.5")
                .row("- - 3", "scalar 3")
                .row("1 + 1 == bool 2", "scalar 1")
                .row("stock or stock and on (shop) nowhere", "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7")
                .row("stock > 8 or stock < 8 unless stock == 7", "stock{shop=\"north\"} 10")
                .tests();
    }

    /// "Between two scalars": IEEE 754; comparisons with `bool` yield 0 or 1.
    @TestFactory
    Stream<DynamicTest> scalars() {
        return new ExpressionTable()
                .row("7 % 4", "scalar 3")
                .row("-7 % 4", "scalar -3")
                .row("5 / 0", "scalar +Inf")
                .row("0 / 0", "scalar NaN")
                .row("1 ^ NaN", "scalar 1")
                .row("1 atan2 1", "scalar 0.7853981633974483")
                .row("1 > bool 2", "scalar 0")
                .row("2 >= bool 2", "scalar 1")
                .row("NaN == bool NaN", "scalar 0")
                .row("NaN != bool NaN", "scalar 1")
                .tests();
    }

    /// "Between an instant vector and a scalar": arithmetic and `bool` drop the name, a filter keeps
    /// element and name.
    @TestFactory
    Stream<DynamicTest> vectorAndScalar() {
        return new ExpressionTable()
                .row("stock * 2", "{shop=\"north\"} 20 | {shop=\"south\"} 14")
                .row("100 - stock", "{shop=\"north\"} 90 | {shop=\"south\"} 93")
                .row("-stock{shop=\"south\"}", "{shop=\"south\"} -7")
                .row("+stock{shop=\"south\"}", "stock{shop=\"south\"} 7")
                .row("stock > 8", "stock{shop=\"north\"} 10")
                .row("8 > stock", "stock{shop=\"south\"} 7")
                .row("stock <= bool 7", "{shop=\"north\"} 0 | {shop=\"south\"} 1")
                .row("stock == 8", "nothing")
                .tests();
    }

    /// "One-to-one vector matches", with `on` and `ignoring`; what has no partner is dropped.
    @TestFactory
    Stream<DynamicTest> oneToOne() {
        return new ExpressionTable()
                .row(
                        "failures_total / orders_total",
                        "{pay=\"card\", shop=\"north\"} 0.16666666666666666 | {pay=\"card\", shop=\"south\"} 0")
                .row("stock + ignoring (pay) failures_total", "{shop=\"north\"} 30 | {shop=\"south\"} 7")
                .row("stock + on (shop) price", "{shop=\"north\"} 8.5 | {shop=\"south\"} 9.5")
                .row(
                        "orders_total > failures_total",
                        "orders_total{pay=\"card\", shop=\"north\"} 120 | orders_total{pay=\"card\", shop=\"south\"} 180")
                .row(
                        "orders_total < bool failures_total",
                        "{pay=\"card\", shop=\"north\"} 0 | {pay=\"card\", shop=\"south\"} 0")
                .row("stock > on (shop) price", "{shop=\"north\"} 10 | {shop=\"south\"} 7")
                .row("stock * on (shop) orders_total", "error: 1:7: more than one element on the right side")
                .row("orders_total * on (shop) stock", "error: many-to-one matching has to be written")
                .tests();
    }

    /// "Many-to-one and one-to-many vector matches": labels of the many, and those named from the one.
    @TestFactory
    Stream<DynamicTest> manyToOne() {
        return new ExpressionTable()
                .row(
                        "orders_total / on (shop) group_left stock",
                        "{pay=\"card\", shop=\"north\"} 12 | {pay=\"cash\", shop=\"north\"} 6"
                                + " | {pay=\"card\", shop=\"south\"} 25.714285714285715")
                .row(
                        "stock - on (shop) group_right orders_total{shop=\"north\"}",
                        "{pay=\"card\", shop=\"north\"} -110 | {pay=\"cash\", shop=\"north\"} -50")
                .row(
                        "orders_total{pay=\"card\"} * on (shop) group_left (city) shop_info",
                        "{city=\"Oslo\", pay=\"card\", shop=\"north\"} 120 | {city=\"Rome\", pay=\"card\", shop=\"south\"} 180")
                .row(
                        "stock * ignoring (city) group_left (city) shop_info",
                        "{city=\"Oslo\", shop=\"north\"} 10 | {city=\"Rome\", shop=\"south\"} 7")
                .row(
                        "stock < on (shop) group_right orders_total{pay=\"cash\"}",
                        "orders_total{pay=\"cash\", shop=\"north\"} 10")
                .row("orders_total * on (shop) group_left () orders_total", "error: many-to-many")
                .tests();
    }

    /// "Logical/set binary operators": whole elements, matched by all labels but the name.
    @TestFactory
    Stream<DynamicTest> sets() {
        return new ExpressionTable()
                .row(
                        "orders_total and failures_total",
                        "orders_total{pay=\"card\", shop=\"north\"} 120 | orders_total{pay=\"card\", shop=\"south\"} 180")
                .row("orders_total unless failures_total", "orders_total{pay=\"cash\", shop=\"north\"} 60")
                .row(
                        "stock or orders_total{pay=\"cash\"}",
                        "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7 | orders_total{pay=\"cash\", shop=\"north\"} 60")
                .row("stock or price", "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7")
                .row(
                        "orders_total and on (shop) stock{shop=\"south\"}",
                        "orders_total{pay=\"card\", shop=\"south\"} 180")
                .row("orders_total unless ignoring (pay) stock", "nothing")
                .row("stock and vector(1)", "nothing")
                .row("stock AND ON () vector(1)", "stock{shop=\"north\"} 10 | stock{shop=\"south\"} 7")
                .tests();
    }

    /// "Aggregation operators".
    @TestFactory
    Stream<DynamicTest> aggregations() {
        return new ExpressionTable()
                .row("sum(orders_total)", "{} 360")
                .row("sum by (shop) (orders_total)", "{shop=\"north\"} 180 | {shop=\"south\"} 180")
                .row("sum(orders_total) by (pay,)", "{pay=\"card\"} 300 | {pay=\"cash\"} 60")
                .row("SUM WITHOUT (pay) (orders_total)", "{shop=\"north\"} 180 | {shop=\"south\"} 180")
                .row("sum by (nowhere) (stock)", "{} 17")
                .row("sum by (__name__) (stock)", "stock 17")
                .row("sum(nowhere)", "nothing")
                .row("avg(orders_total)", "{} 120")
                .row("min(odd)", "{} -1")
                .row("max(odd)", "{} 1")
                .row("count by (shop) (orders_total)", "{shop=\"north\"} 2 | {shop=\"south\"} 1")
                .row("group(orders_total)", "{} 1")
                .row("stdvar(orders_total)", "{} 2400")
                .row("stddev(orders_total)", "{} 48.98979485566356")
                .row("quantile(0.25, orders_total)", "{} 90")
                .row("quantile(1.1, orders_total)", "{} +Inf")
                .row("quantile(NaN, orders_total)", "{} NaN")
                .row("count_values(\"left\", stock)", "{left=\"10\"} 1 | {left=\"7\"} 1")
                .row("count_values without (shop, pay) (\"n\", failures_total * 0)", "{n=\"0\"} 2")
                .ordered(
                        "topk(2, orders_total)",
                        "orders_total{pay=\"card\", shop=\"south\"} 180 | orders_total{pay=\"card\", shop=\"north\"} 120")
                .row(
                        "topk by (shop) (1, orders_total)",
                        "orders_total{pay=\"card\", shop=\"south\"} 180 | orders_total{pay=\"card\", shop=\"north\"} 120")
                .row("bottomk(1, orders_total)", "orders_total{pay=\"cash\", shop=\"north\"} 60")
                .row("topk(0, orders_total)", "nothing")
                .row("bottomk(1, odd)", "odd{is=\"least\"} -1")
                .row("topk(1, odd)", "odd{is=\"greatest\"} 1")
                .tests();
    }
}
