package dev.understudy.promql.syntax;

import java.util.List;

/// Which elements of two vectors belong together.
///
/// @param on whether only `labels` are compared; else all but these and the metric's name
/// @param include with `group_left` or `group_right`: labels taken over from the side with one element
public record Matching(boolean on, List<String> labels, Cardinality cardinality, List<String> include) {
    /// All labels alike, one to one.
    static final Matching USUAL = new Matching(false, List.of(), Cardinality.ONE_TO_ONE, List.of());

    /// How many elements may match one.
    public enum Cardinality {
        /// One on each side.
        ONE_TO_ONE,
        /// `group_left`: many on the left.
        MANY_TO_ONE,
        /// `group_right`: many on the right.
        ONE_TO_MANY
    }
}
