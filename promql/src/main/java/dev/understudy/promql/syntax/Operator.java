package dev.understudy.promql.syntax;

import java.util.Arrays;
import java.util.Optional;

/// What stands between two operands, with its rank: a higher one binds more tightly.
public enum Operator {
    /// Elements of either side.
    OR("or", Kind.SET, 1),
    /// Elements with a match.
    AND("and", Kind.SET, 2),
    /// Elements without a match.
    UNLESS("unless", Kind.SET, 2),
    /// Equal.
    EQUAL("==", Kind.COMPARISON, 3),
    /// Not equal.
    NOT_EQUAL("!=", Kind.COMPARISON, 3),
    /// At most.
    AT_MOST("<=", Kind.COMPARISON, 3),
    /// Less.
    LESS("<", Kind.COMPARISON, 3),
    /// At least.
    AT_LEAST(">=", Kind.COMPARISON, 3),
    /// Greater.
    GREATER(">", Kind.COMPARISON, 3),
    /// Sum.
    PLUS("+", Kind.ARITHMETIC, 4),
    /// Difference.
    MINUS("-", Kind.ARITHMETIC, 4),
    /// Product.
    TIMES("*", Kind.ARITHMETIC, 5),
    /// Quotient.
    DIVIDED("/", Kind.ARITHMETIC, 5),
    /// Remainder, with the sign of the dividend.
    MODULO("%", Kind.ARITHMETIC, 5),
    /// Angle of a point.
    ATAN2("atan2", Kind.ARITHMETIC, 5),
    /// Power; the only one that binds to the right.
    POWER("^", Kind.ARITHMETIC, 6);

    /// What kind of answer an operator gives.
    public enum Kind {
        /// A new value.
        ARITHMETIC,
        /// The left value or nothing; with `bool`, 0 or 1.
        COMPARISON,
        /// Whole elements.
        SET
    }

    private final String sign;
    private final Kind kind;
    private final int rank;

    Operator(String sign, Kind kind, int rank) {
        this.sign = sign;
        this.kind = kind;
        this.rank = rank;
    }

    static Optional<Operator> of(Token token) {
        return Arrays.stream(values())
                .filter(operator -> token.is(operator.sign) || token.isWord(operator.sign))
                .findFirst();
    }

    /// As it is written.
    public String sign() {
        return sign;
    }

    /// What kind of answer it gives.
    public Kind kind() {
        return kind;
    }

    int rank() {
        return rank;
    }
}
