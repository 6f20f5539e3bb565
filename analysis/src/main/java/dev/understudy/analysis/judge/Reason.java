package dev.understudy.analysis.judge;

import dev.understudy.scenario.Place;
import java.util.Optional;

/// Why something was found: one sentence, what decided it, where that is written, and number against
/// budget.
///
/// @param measure `31.2 s of 30.0 s`; empty if no number decided
record Reason(String text, Optional<String> decidedBy, Optional<Place> place, String measure) {

    static Reason of(String text) {
        return new Reason(text, Optional.empty(), Optional.empty(), "");
    }

    static Reason of(String text, String decidedBy, Place place) {
        return new Reason(text, Optional.of(decidedBy), Optional.of(place), "");
    }

    static Reason of(String text, String decidedBy, Place place, String measure) {
        return new Reason(text, Optional.of(decidedBy), Optional.of(place), measure);
    }

    /// The same with words in front of its sentence.
    Reason after(String words) {
        return new Reason(words + text, decidedBy, place, measure);
    }
}
