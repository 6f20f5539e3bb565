package dev.understudy.promql.syntax;

import java.util.Arrays;
import java.util.Optional;

/// What makes one element of many.
public enum Aggregator {
    /// Sum.
    SUM,
    /// Mean.
    AVG,
    /// Least.
    MIN,
    /// Greatest.
    MAX,
    /// How many.
    COUNT,
    /// 1 for each group.
    GROUP,
    /// Population standard deviation.
    STDDEV,
    /// Population variance.
    STDVAR,
    /// The greatest elements.
    TOPK(ValueType.SCALAR),
    /// The least elements.
    BOTTOMK(ValueType.SCALAR),
    /// A quantile.
    QUANTILE(ValueType.SCALAR),
    /// How many have each value.
    COUNT_VALUES(ValueType.STRING);

    private final Optional<ValueType> parameter;

    Aggregator() {
        this.parameter = Optional.empty();
    }

    Aggregator(ValueType parameter) {
        this.parameter = Optional.of(parameter);
    }

    static Optional<Aggregator> of(Token name) {
        return Arrays.stream(values())
                .filter(aggregator -> name.isWord(aggregator.word()))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Optional<ValueType> parameter() {
        return parameter;
    }
}
