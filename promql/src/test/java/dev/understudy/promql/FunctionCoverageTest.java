package dev.understudy.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.syntax.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No function is only a name: each one that the parser takes has a meaning.
class FunctionCoverageTest {
    private static final Shop SHOP = new Shop();

    @ParameterizedTest
    @EnumSource(Function.class)
    void everyFunctionIsEvaluated(Function function) {
        String arguments = switch (function) {
            case CLAMP -> "stock, 0, 1";
            case CLAMP_MAX, CLAMP_MIN -> "stock, 1";
            case HISTOGRAM_QUANTILE -> "0.5, latency_bucket";
            case LABEL_JOIN -> "stock, \"a\", \"-\", \"shop\"";
            case LABEL_REPLACE -> "stock, \"a\", \"\", \"shop\", \"x\"";
            case PREDICT_LINEAR -> "stock[1m], 60";
            case QUANTILE_OVER_TIME -> "0.5, stock[1m]";
            case TIME -> "";
            case VECTOR_OF -> "1";
            default ->
                function.word().matches(".*_over_time|changes|.*delta|deriv|.*rate|increase|resets")
                        ? "stock[1m]"
                        : "stock";
        };
        assertThat(PromQl.parse(function.word() + "(" + arguments + ")").at(SHOP.store, Shop.NOW))
                .isNotNull();
    }
}
