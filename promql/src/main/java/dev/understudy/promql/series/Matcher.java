package dev.understudy.promql.series;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// One condition on a label. A label that isn't there counts as empty. Immutable.
public final class Matcher {
    // Prometheus 3 stores these labels as floats (`le="1.0"`), earlier ones as the service wrote them
    // (`le="1"`).
    private static final Set<String> BOUNDS = Set.of("le", "quantile");

    private final String label;
    private final Kind kind;
    private final String value;
    private final Optional<AnchoredPattern> pattern;

    /// How a label is compared.
    public enum Kind {
        /// Exactly this value.
        EQUAL("="),
        /// Any other value.
        NOT_EQUAL("!="),
        /// The whole value matches.
        REGEX("=~"),
        /// The whole value does not match.
        NOT_REGEX("!~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /// As it stands in an expression.
        public String sign() {
            return sign;
        }
    }

    private Matcher(String label, Kind kind, String value, Optional<AnchoredPattern> pattern) {
        this.label = label;
        this.kind = kind;
        this.value = value;
        this.pattern = pattern;
    }

    /// A condition. For `le` and `quantile`, `=` and `!=` compare numbers, so that `le="1"` finds
    /// `le="1.0"`.
    /// @throws IllegalArgumentException for a bad regular expression
    public static Matcher of(String label, Kind kind, String value) {
        return switch (kind) {
            case EQUAL, NOT_EQUAL -> new Matcher(label, kind, stored(label, value), Optional.empty());
            case REGEX, NOT_REGEX -> new Matcher(label, kind, value, Optional.of(AnchoredPattern.of(value)));
        };
    }

    /// The value of a label as a store holds it: bounds of buckets and quantiles as floats, others as they
    /// are.
    public static String stored(String label, String value) {
        if (!BOUNDS.contains(label)) {
            return value;
        }
        OptionalDouble number = FloatText.parse(value);
        return number.isPresent() ? FloatText.bound(number.getAsDouble()) : value;
    }

    /// The label that is looked at.
    public String label() {
        return label;
    }

    /// How it is compared.
    public Kind kind() {
        return kind;
    }

    /// What it is compared with.
    public String value() {
        return value;
    }

    /// Whether these labels meet the condition.
    public boolean matches(Labels labels) {
        return accepts(labels.get(label));
    }

    /// Whether a series without the label meets the condition.
    public boolean acceptsNothing() {
        return accepts("");
    }

    private boolean accepts(String actual) {
        return switch (kind) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case REGEX -> pattern.orElseThrow().matches(actual);
            case NOT_REGEX -> !pattern.orElseThrow().matches(actual);
        };
    }

    @Override
    public String toString() {
        return label + kind.sign + LabelText.quoted(value);
    }
}
