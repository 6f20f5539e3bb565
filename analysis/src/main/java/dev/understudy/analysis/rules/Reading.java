package dev.understudy.analysis.rules;

import java.util.OptionalDouble;

/// What one rule says of one arm at one moment. Immutable.
///
/// @param value over the trailing `for`, in the unit of the metric (share, seconds, count); empty without
///     data
/// @param firstBadAt when the unbroken bad period began (intended time of its first bad exchange); only
///     while BROKEN
/// @param blindSince since when data is missing; only while BLIND
public record Reading(State state, OptionalDouble value, long firstBadAt, long blindSince) {

    /// What a rule can say.
    public enum State {
        /// The first window is not full yet.
        FILLING,
        /// The value is within the limit.
        HOLDS,
        /// The value is beyond the limit.
        BROKEN,
        /// There is too little data to say anything.
        BLIND
    }

    /// Whether the rule is broken.
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /// Whether the rule has no data.
    public boolean isBlind() {
        return state == State.BLIND;
    }
}
