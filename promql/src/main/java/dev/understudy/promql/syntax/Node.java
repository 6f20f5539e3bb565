package dev.understudy.promql.syntax;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A part of an expression whose types have been checked. Immutable.
public sealed interface Node {

    /// Where it begins in the expression; for an operator, where the operator stands.
    int offset();

    /// What it yields.
    ValueType type();

    /// `42`, or `5m` as seconds.
    record Number(int offset, double value) implements Node {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /// `"text"`.
    record Text(int offset, String value) implements Node {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /// `up{job="x"} offset 5m`.
    ///
    /// @param shift nanoseconds of `offset`: how far back
    record Selector(int offset, List<Matcher> matchers, long shift) implements Node {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }

        /// As it could be written, without `offset`.
        public String shown() {
            return matchers.stream()
                    .map(matcher -> matcher.label().equals(Labels.NAME) && matcher.kind() == Matcher.Kind.EQUAL
                            ? "\"" + matcher.value() + "\""
                            : matcher.toString())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /// `up[5m]`.
    ///
    /// @param length in nanoseconds, > 0
    record Range(int offset, Selector selector, long length) implements Node {
        @Override
        public ValueType type() {
            return ValueType.RANGE;
        }
    }

    /// `rate(x[1m])[5m:10s]`.
    ///
    /// @param length in nanoseconds, > 0
    /// @param step in nanoseconds, > 0; the settings' if absent
    /// @param shift nanoseconds of `offset`
    record Subquery(int offset, Node inner, long length, OptionalLong step, long shift) implements Node {
        @Override
        public ValueType type() {
            return ValueType.RANGE;
        }
    }

    /// `-x`.
    record Negation(int offset, Node operand) implements Node {
        @Override
        public ValueType type() {
            return operand.type();
        }
    }

    /// `a / b`.
    ///
    /// @param bool whether a comparison yields 0 or 1
    record Binary(int offset, Operator operator, boolean bool, Matching matching, Node left, Node right)
            implements Node {
        @Override
        public ValueType type() {
            boolean scalar = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
            return scalar ? ValueType.SCALAR : ValueType.VECTOR;
        }
    }

    /// `sum by (job) (x)`.
    ///
    /// @param without whether all labels but `labels` are kept; else only these
    record Aggregation(
            int offset,
            Aggregator aggregator,
            Optional<Node> parameter,
            Node operand,
            boolean without,
            List<String> labels)
            implements Node {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /// `rate(x[5m])`.
    record Call(int offset, Function function, List<Node> arguments) implements Node {
        @Override
        public ValueType type() {
            return function.result();
        }
    }

    /// The parts that this one is made of.
    default List<Node> parts() {
        return switch (this) {
            case Number number -> List.of();
            case Text text -> List.of();
            case Selector selector -> List.of();
            case Range range -> List.of(range.selector);
            case Subquery subquery -> List.of(subquery.inner);
            case Negation negation -> List.of(negation.operand);
            case Binary binary -> List.of(binary.left, binary.right);
            case Aggregation aggregation ->
                aggregation
                        .parameter
                        .map(parameter -> List.of(parameter, aggregation.operand))
                        .orElse(List.of(aggregation.operand));
            case Call call -> call.arguments;
        };
    }
}
