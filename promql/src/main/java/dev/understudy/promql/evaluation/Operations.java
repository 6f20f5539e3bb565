package dev.understudy.promql.evaluation;

import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.Operator;
import java.util.OptionalDouble;

/// Operators on two numbers (https://prometheus.io/docs/prometheus/latest/querying/operators/).
final class Operations {
    private Operations() {}

    /// The result; for a comparison without `bool` the left number, or nothing where it doesn't hold.
    static OptionalDouble apply(Node.Binary binary, double left, double right) {
        if (binary.operator().kind() == Operator.Kind.ARITHMETIC) {
            return OptionalDouble.of(arithmetic(binary.operator(), left, right));
        }
        boolean holds = compare(binary.operator(), left, right);
        if (binary.bool()) {
            return OptionalDouble.of(holds ? 1 : 0);
        }
        return holds ? OptionalDouble.of(left) : OptionalDouble.empty();
    }

    private static double arithmetic(Operator operator, double left, double right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED -> left / right;
            case MODULO -> left % right;
            case POWER -> power(left, right);
            case ATAN2 -> Math.atan2(left, right);
            default -> throw new IllegalArgumentException(operator + " is not arithmetic");
        };
    }

    // Java yields NaN for 1 ^ NaN and (±1) ^ ±Inf, IEEE 754 and Go yield 1.
    private static double power(double base, double exponent) {
        boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
        return one ? 1 : Math.pow(base, exponent);
    }

    private static boolean compare(Operator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
            default -> throw new IllegalArgumentException(operator + " does not compare");
        };
    }
}
