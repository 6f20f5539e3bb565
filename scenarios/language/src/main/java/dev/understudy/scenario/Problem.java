package dev.understudy.scenario;

import java.util.Optional;

/// Something wrong in a file of the user's: where, what, and perhaps what was meant.
public record Problem(Place place, String message, Optional<String> hint) implements Comparable<Problem> {

    /// A problem without a hint.
    public static Problem at(Place place, String message) {
        return new Problem(place, message, Optional.empty());
    }

    /// `file:line:col: error: message`, and the hint on a line of its own.
    @Override
    public String toString() {
        return place + ": error: " + message + hint.map(text -> "\n  " + text).orElse("");
    }

    @Override
    public int compareTo(Problem other) {
        int byPlace = place.compareTo(other.place);
        return byPlace != 0 ? byPlace : message.compareTo(other.message);
    }
}
