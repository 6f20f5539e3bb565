package dev.understudy.scenario;

import java.util.List;
import java.util.Optional;

/// What the language has to know of a deviation kind to check it: its name, what it acts on, its parameters.
/// The kinds themselves live in the deviation simulator and hand their signatures to the reader.
///
/// @param onHttp whether a link that it acts on has to be one on which HTTP is spoken
public record KindSignature(String name, String summary, Aim aim, List<Parameter> parameters, boolean onHttp) {

    /// A kind that acts on any link, service or rule.
    public KindSignature(String name, String summary, Aim aim, List<Parameter> parameters) {
        this(name, summary, aim, parameters, false);
    }

    /// The key under which a deviation of this kind names its target.
    public enum Aim {
        LINK,
        SERVICE,
        RULE
    }

    /// One parameter: its key, unit, default as written in YAML (absent: required), the words allowed for a
    /// WORD, what it means, and the least and the most that a COUNT may be.
    public record Parameter(
            String name,
            Quantity.Unit unit,
            Optional<String> byDefault,
            List<String> words,
            String meaning,
            long least,
            long most) {
        private static final long MOST = 999_999_999_999_999L;

        /// One of any size.
        public Parameter(
                String name, Quantity.Unit unit, Optional<String> byDefault, List<String> words, String meaning) {
            this(name, unit, byDefault, words, meaning, 0, MOST);
        }
    }
}
