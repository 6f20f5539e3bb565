package dev.understudy.scenario;

import java.util.Optional;
import java.util.OptionalDouble;

/// How far a value may go: a number that stands in the file, or a multiple of what the control, or the baseline,
/// reads, perhaps with something on top.
///
/// @param side whether the value must stay at or below the limit, or at or above it
/// @param fixed the limit; with a comparison, what is added to the multiple. In the unit of the metric
/// @param comparison what the limit is a multiple of; absent for a limit that stands in the file
/// @param text as it is written
public record Bound(Side side, Quantity fixed, Optional<Comparison> comparison, String text) {

    /// Which way is bad.
    public enum Side {
        /// More than the limit breaks the rule.
        MAX,
        /// Less than the limit breaks the rule.
        MIN
    }

    /// `1.5 x control`.
    public record Comparison(double factor, Against against) {}

    /// What a limit can be a multiple of.
    public enum Against {
        /// What the same rule reads in the control at the same moment.
        CONTROL,
        /// What the same rule read in the same arm over the whole baseline.
        BASELINE
    }

    /// At most `quantity`.
    public static Bound max(Quantity quantity) {
        return new Bound(Side.MAX, quantity, Optional.empty(), quantity.text());
    }

    /// Whether it is a multiple of that.
    public boolean isAgainst(Against against) {
        return comparison.filter(known -> known.against() == against).isPresent();
    }

    /// The limit in the unit of the metric; empty if it is a multiple of something that isn't known.
    public OptionalDouble limit(OptionalDouble reference) {
        if (comparison.isEmpty()) {
            return OptionalDouble.of(fixed.value());
        }
        return reference.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(comparison.get().factor() * reference.getAsDouble() + fixed.value());
    }

    /// Whether `value` is beyond `limit`.
    public boolean isBeyond(double value, double limit) {
        return side == Side.MAX ? value > limit : value < limit;
    }

    /// The limit that nothing is beyond.
    public double unreachable() {
        return side == Side.MAX ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /// Whichever of two values is worse.
    public double worse(double one, double other) {
        return side == Side.MAX ? Math.max(one, other) : Math.min(one, other);
    }
}
