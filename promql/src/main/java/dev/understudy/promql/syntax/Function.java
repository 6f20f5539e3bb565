package dev.understudy.promql.syntax;

import static dev.understudy.promql.syntax.ValueType.RANGE;
import static dev.understudy.promql.syntax.ValueType.SCALAR;
import static dev.understudy.promql.syntax.ValueType.STRING;
import static dev.understudy.promql.syntax.ValueType.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The functions that are there, with what they take
/// (https://prometheus.io/docs/prometheus/latest/querying/functions/). Each yields a vector unless it says
/// otherwise.
@SuppressWarnings("ImmutableEnumChecker") // the list is List.of, which never changes
public enum Function {
    ABS(VECTOR),
    ABSENT(VECTOR),
    ABSENT_OVER_TIME(RANGE),
    AVG_OVER_TIME(RANGE),
    CEIL(VECTOR),
    CHANGES(RANGE),
    CLAMP(VECTOR, SCALAR, SCALAR),
    CLAMP_MAX(VECTOR, SCALAR),
    CLAMP_MIN(VECTOR, SCALAR),
    COUNT_OVER_TIME(RANGE),
    DAY_OF_MONTH(Arity.LAST_OPTIONAL, VECTOR),
    DAY_OF_WEEK(Arity.LAST_OPTIONAL, VECTOR),
    DAY_OF_YEAR(Arity.LAST_OPTIONAL, VECTOR),
    DAYS_IN_MONTH(Arity.LAST_OPTIONAL, VECTOR),
    DELTA(RANGE),
    DERIV(RANGE),
    EXP(VECTOR),
    FLOOR(VECTOR),
    HISTOGRAM_QUANTILE(SCALAR, VECTOR),
    HOUR(Arity.LAST_OPTIONAL, VECTOR),
    IDELTA(RANGE),
    INCREASE(RANGE),
    IRATE(RANGE),
    LABEL_JOIN(Arity.LAST_REPEATED, VECTOR, STRING, STRING, STRING),
    LABEL_REPLACE(VECTOR, STRING, STRING, STRING, STRING),
    LAST_OVER_TIME(RANGE),
    LN(VECTOR),
    LOG10(VECTOR),
    LOG2(VECTOR),
    MAX_OVER_TIME(RANGE),
    MIN_OVER_TIME(RANGE),
    MINUTE(Arity.LAST_OPTIONAL, VECTOR),
    MONTH(Arity.LAST_OPTIONAL, VECTOR),
    PREDICT_LINEAR(RANGE, SCALAR),
    PRESENT_OVER_TIME(RANGE),
    QUANTILE_OVER_TIME(SCALAR, RANGE),
    RATE(RANGE),
    RESETS(RANGE),
    ROUND(Arity.LAST_OPTIONAL, VECTOR, SCALAR),
    SCALAR_OF(SCALAR, "scalar", VECTOR),
    SGN(VECTOR),
    SORT(VECTOR),
    SORT_DESC(VECTOR),
    SQRT(VECTOR),
    STDDEV_OVER_TIME(RANGE),
    STDVAR_OVER_TIME(RANGE),
    SUM_OVER_TIME(RANGE),
    TIME(SCALAR, "time"),
    TIMESTAMP(VECTOR),
    VECTOR_OF(VECTOR, "vector", SCALAR),
    YEAR(Arity.LAST_OPTIONAL, VECTOR);

    /// What Prometheus has and this hasn't, so that the message doesn't say there is no such thing.
    private static final Set<String> UNSUPPORTED =
            Set.of(("acos acosh asin asinh atan atanh cos cosh deg double_exponential_smoothing end first_over_time "
                            + "histogram_avg histogram_count histogram_fraction histogram_quantiles histogram_stddev "
                            + "histogram_stdvar histogram_sum holt_winters info limitk limit_ratio mad_over_time "
                            + "max_of min_of pi rad range sin sinh sort_by_label sort_by_label_desc start step tan "
                            + "tanh ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time "
                            + "ts_of_min_over_time")
                    .split(" "));

    private final String word;
    private final ValueType result;
    private final Arity arity;
    private final List<ValueType> parameters;

    private enum Arity {
        FIXED,
        LAST_OPTIONAL,
        LAST_REPEATED
    }

    Function(ValueType... parameters) {
        this(Arity.FIXED, parameters);
    }

    Function(Arity arity, ValueType... parameters) {
        this.word = name().toLowerCase(Locale.ROOT);
        this.result = VECTOR;
        this.arity = arity;
        this.parameters = List.of(parameters);
    }

    Function(ValueType result, String word, ValueType... parameters) {
        this.word = word;
        this.result = result;
        this.arity = Arity.FIXED;
        this.parameters = List.of(parameters);
    }

    static Optional<Function> of(String name) {
        return Arrays.stream(values())
                .filter(function -> function.word.equals(name))
                .findFirst();
    }

    static String refusal(String name) {
        String what = UNSUPPORTED.contains(name) ? name + " is not supported" : "there is no function " + name;
        return what + "; supported are "
                + Arrays.stream(values()).map(Function::word).collect(Collectors.joining(", "));
    }

    /// As it is written.
    public String word() {
        return word;
    }

    ValueType result() {
        return result;
    }

    /// What the argument at `index` has to be; empty if there is none so far out.
    Optional<ValueType> parameter(int index) {
        if (arity == Arity.LAST_REPEATED && index >= parameters.size()) {
            return Optional.of(parameters.getLast());
        }
        return index < parameters.size() ? Optional.of(parameters.get(index)) : Optional.empty();
    }

    int fewest() {
        return arity == Arity.FIXED ? parameters.size() : parameters.size() - 1;
    }
}
