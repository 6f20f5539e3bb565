package dev.understudy.promql;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Functions, by https://prometheus.io/docs/prometheus/latest/querying/functions/
class FunctionTableTest {

    /// `rate`, `increase`, `delta`: resets are made good, and what was seen is stretched to the whole
    /// window, unless the series does not cover it or a counter would begin below 0.
    @TestFactory
    Stream<DynamicTest> extrapolation() {
        return new ExpressionTable()
                // 18 in the 45 s between four samples, stretched to 60 s
                .row("increase(orders_total{pay=\"card\", shop=\"north\"}[1m])", "{pay=\"card\", shop=\"north\"} 24")
                .row("rate(orders_total{pay=\"card\", shop=\"north\"}[1m])", "{pay=\"card\", shop=\"north\"} 0.4")
                // 5 10 2 4: 9 in 45 s
                .row("increase(restarted_total[1m])", "{} 12")
                // 1 11 21 31: 30 in 45 s, and 1.5 s before that it was 0
                .row("increase(young_total[1m])", "{} 31")
                // 4 10: begins in the window, so half a distance before the first: 6 * 22.5 / 15
                .row("increase(newborn_total[1m])", "{} 9")
                .row("delta(stock{shop=\"north\"}[1m])", "{shop=\"north\"} -8")
                .row("delta(dropped_total[30s])", "{} -12")
                .row("rate(late[5m])", "nothing")
                .tests();
    }

    /// `irate`, `idelta`: the last two samples; `resets`, `changes`: counts of them.
    @TestFactory
    Stream<DynamicTest> neighbours() {
        return new ExpressionTable()
                .row("irate(restarted_total[1m])", "{} 0.13333333333333333")
                .row("irate(dropped_total[1m])", "{} 0.26666666666666666")
                .row("idelta(dropped_total[1m])", "{} -6")
                .row("idelta(stock{shop=\"north\"}[15s])", "nothing")
                .row("resets(restarted_total[1m])", "{} 1")
                .row("changes(stock[1m])", "{shop=\"north\"} 3 | {shop=\"south\"} 0")
                .row("changes(sunk[1m])", "{} 1")
                .tests();
    }

    /// `deriv`, `predict_linear`: simple linear regression, at least two samples.
    @TestFactory
    Stream<DynamicTest> regression() {
        return new ExpressionTable()
                .row("deriv(stock[1m])", "{shop=\"north\"} -0.13333333333333333 | {shop=\"south\"} 0")
                .row("predict_linear(stock[1m], 60)", "{shop=\"north\"} 2 | {shop=\"south\"} 7")
                .row("predict_linear(stock{shop=\"north\"}[1m] offset 1m, 0)", "{shop=\"north\"} 10")
                .row("deriv(late[1m])", "nothing")
                .tests();
    }

    /// `<aggregation>_over_time`: every sample has the same weight; only `last_over_time` keeps the name.
    @TestFactory
    Stream<DynamicTest> overTime() {
        return new ExpressionTable()
                .row("avg_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 13")
                .row("min_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 10")
                .row("max_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 16")
                .row("sum_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 52")
                .row("count_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 4")
                .row("quantile_over_time(0.5, stock{shop=\"north\"}[1m])", "{shop=\"north\"} 13")
                .row("stdvar_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 5")
                .row("stddev_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 2.23606797749979")
                .row("last_over_time(stock{shop=\"north\"}[1m])", "stock{shop=\"north\"} 10")
                .row("present_over_time(stock{shop=\"north\"}[1m])", "{shop=\"north\"} 1")
                .row("max_over_time(sunk[1m])", "{} 3")
                .row("avg_over_time(nowhere[1m])", "nothing")
                .tests();
    }

    /// `absent`, `absent_over_time`: the labels that the selector demands exactly, and only once.
    @TestFactory
    Stream<DynamicTest> absence() {
        return new ExpressionTable()
                .row("absent(stock)", "nothing")
                .row("absent(nowhere{shop=\"north\", pay=~\"c.*\"})", "{shop=\"north\"} 1")
                .row("absent(nowhere{shop=\"north\", shop=\"south\"})", "{} 1")
                .row("absent(nowhere{shop!=\"north\", shop=\"south\"})", "{shop=\"south\"} 1")
                .row("absent(sum(nowhere{shop=\"north\"}))", "{} 1")
                .row("absent_over_time(stock[1m])", "nothing")
                .row("absent_over_time(nowhere{shop=\"north\"}[1m])", "{shop=\"north\"} 1")
                .tests();
    }

    /// `histogram_quantile` on classic histograms, and its special cases in the order of the page.
    @TestFactory
    Stream<DynamicTest> histogramQuantiles() {
        return new ExpressionTable()
                // rank 25: 15 of the 20 between 0.1 and 0.2
                .row("histogram_quantile(0.5, latency_bucket)", "{} 0.175")
                .row("histogram_quantile(0.1, latency_bucket)", "{} 0.05")
                .row("histogram_quantile(0.5, sum by (le) (rate(latency_bucket[1m])))", "{} 0.175")
                .row("histogram_quantile(0.5, empty_bucket)", "{} NaN")
                .row("histogram_quantile(-0.1, latency_bucket)", "{} -Inf")
                .row("histogram_quantile(1.1, latency_bucket)", "{} +Inf")
                .row("histogram_quantile(NaN, latency_bucket)", "{} NaN")
                .row("histogram_quantile(0.5, single_bucket)", "{} NaN")
                .row("histogram_quantile(0.5, headless_bucket)", "{} NaN")
                .row("histogram_quantile(0.9, latency_bucket)", "{} 0.5")
                .row("histogram_quantile(0.5, negative_bucket)", "{} -1")
                // 10 8 20 counts as 10 10 20, and the bucket without a number for a bound is passed over
                .row("histogram_quantile(0.6, falling_bucket)", "{} 2")
                .row("histogram_quantile(0.5, stock)", "nothing")
                .tests();
    }

    /// Functions of single values; they drop the name.
    @TestFactory
    Stream<DynamicTest> elementwise() {
        return new ExpressionTable()
                .row("abs(price)", "{shop=\"north\"} 1.5 | {shop=\"south\"} 2.5")
                .row("ceil(price)", "{shop=\"north\"} -1 | {shop=\"south\"} 3")
                .row("floor(price)", "{shop=\"north\"} -2 | {shop=\"south\"} 2")
                .row("round(price)", "{shop=\"north\"} -1 | {shop=\"south\"} 3")
                .row("round(price, 0.2)", "{shop=\"north\"} -1.4 | {shop=\"south\"} 2.6")
                .row("clamp(price, -1, 2)", "{shop=\"north\"} -1 | {shop=\"south\"} 2")
                .row("clamp(price, 2, 1)", "nothing")
                .row("clamp(price, NaN, 1)", "{shop=\"north\"} NaN | {shop=\"south\"} NaN")
                .row("clamp_min(price, 0)", "{shop=\"north\"} 0 | {shop=\"south\"} 2.5")
                .row("clamp_max(price, 0)", "{shop=\"north\"} -1.5 | {shop=\"south\"} 0")
                .row("sgn(price)", "{shop=\"north\"} -1 | {shop=\"south\"} 1")
                .row("exp(vector(1))", "{} 2.718281828459045")
                .row("ln(vector(0))", "{} -Inf")
                .row("ln(vector(-1))", "{} NaN")
                .row("log2(vector(8))", "{} 3")
                .row("log10(vector(1000))", "{} 3")
                .row("sqrt(vector(9))", "{} 3")
                .row("abs({__name__=~\"stock|price\", shop=\"south\"})", "error: 1:1: two elements would have the same")
                .tests();
    }

    /// `scalar`, `vector`, `time`, `timestamp`: a selector's samples have times of their own.
    @TestFactory
    Stream<DynamicTest> scalarsAndTimes() {
        return new ExpressionTable()
                .row("scalar(stock{shop=\"south\"})", "scalar 7")
                .row("scalar(stock)", "scalar NaN")
                .row("vector(3)", "{} 3")
                .row("time()", "scalar 1709210100")
                .row("timestamp(late)", "{} 1709210085")
                .row("timestamp(late + 0)", "{} 1709210100")
                .row("time() - timestamp(late)", "{} 15")
                .tests();
    }

    /// Dates are in UTC; without an argument the date of the evaluation (here Thursday, 29 February 2024,
    /// 12:35).
    @TestFactory
    Stream<DynamicTest> calendar() {
        return new ExpressionTable()
                .row("year()", "{} 2024")
                .row("month()", "{} 2")
                .row("day_of_month()", "{} 29")
                .row("day_of_week()", "{} 4")
                .row("day_of_year()", "{} 60")
                .row("days_in_month()", "{} 29")
                .row("hour()", "{} 12")
                .row("minute()", "{} 35")
                .row("hour(vector(0))", "{} 0")
                .row("day_of_week(vector(259200))", "{} 0")
                .tests();
    }

    /// `sort`, `sort_desc` (NaN last), `label_replace`, `label_join`.
    @TestFactory
    Stream<DynamicTest> orderAndLabels() {
        return new ExpressionTable()
                .ordered("sort(odd)", "odd{is=\"least\"} -1 | odd{is=\"greatest\"} 1 | odd{is=\"nan\"} NaN")
                .ordered("sort_desc(odd)", "odd{is=\"greatest\"} 1 | odd{is=\"least\"} -1 | odd{is=\"nan\"} NaN")
                .row(
                        "label_replace(stock{shop=\"south\"}, \"at\", \"${1}-$rest\", \"shop\", \"(so)(?P<rest>.*)\")",
                        "stock{at=\"so-uth\", shop=\"south\"} 7")
                .row("label_replace(stock{shop=\"south\"}, \"at\", \"x\", \"shop\", \"so\")", "stock{shop=\"south\"} 7")
                .row("label_replace(stock{shop=\"south\"}, \"shop\", \"\", \"shop\", \".*\")", "stock 7")
                .row(
                        "label_replace(stock, \"shop\", \"x\", \"shop\", \".*\")",
                        "error: two elements would have the same")
                .row(
                        "label_join(orders_total{pay=\"cash\"}, \"key\", \"/\", \"shop\", \"pay\", \"nowhere\")",
                        "orders_total{key=\"north/cash/\", pay=\"cash\", shop=\"north\"} 60")
                .tests();
    }
}
