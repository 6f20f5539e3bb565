package dev.understudy.scenario;

import java.util.List;
import java.util.Optional;

/// What the language has to know of a deviation kind to check it: its name, what it acts on, its parameters.
/// The kinds themselves live in the deviation simulator and hand their signatures to the reader.
public record KindSignature(String name, String summary, Aim aim, List<Parameter> parameters) {

    /// The key under which a deviation of this kind names its target.
    public enum Aim {
        LINK,
        SERVICE,
        RULE
    }

    /// One parameter: its key, unit, default as written in YAML (absent: required), the words allowed for a
    /// WORD, and what it means.
    public record Parameter(
            String name, Quantity.Unit unit, Optional<String> byDefault, List<String> words, String meaning) {}
}
