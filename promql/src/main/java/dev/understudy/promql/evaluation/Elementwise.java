package dev.understudy.promql.evaluation;

import dev.understudy.promql.syntax.Function;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// Functions that change each element by itself.
final class Elementwise {
    private static final double LN_2 = Math.log(2);

    static final Map<Function, DoubleUnaryOperator> TABLE = Map.of(
            Function.ABS, Math::abs,
            Function.CEIL, Math::ceil,
            Function.EXP, Math::exp,
            Function.FLOOR, Math::floor,
            Function.LN, Math::log,
            Function.LOG2, Elementwise::log2,
            Function.LOG10, Math::log10,
            Function.SGN, Math::signum,
            Function.SQRT, Math::sqrt);

    private Elementwise() {}

    // Exact for powers of two, as Go's.
    private static double log2(double value) {
        int exponent = Math.getExponent(value);
        boolean normal = value > 0 && exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT;
        return normal ? exponent + Math.log(Math.scalb(value, -exponent)) / LN_2 : Math.log(value) / LN_2;
    }

    /// To the nearest multiple; halves go up.
    static double round(double value, double multiple) {
        double inverse = 1 / multiple;
        return Math.floor(value * inverse + 0.5) / inverse;
    }

    /// Between `least` and `greatest`; NaN if one of them is.
    static double clamp(double value, double least, double greatest) {
        return Math.max(least, Math.min(greatest, value));
    }
}
