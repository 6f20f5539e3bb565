package dev.understudy.mirror.message;

import java.util.List;

/// Where in a message a value stands.
///
/// @param kind which part of the message
/// @param name the header, cookie, parameter or property; for an array element the property that holds the
///     array; `""` for a path segment
/// @param path for JSON the tokens of the pointer; for a path segment the segments before it; else empty
public record Spot(Kind kind, String name, List<String> path) {

    /// The parts of a message that hold values.
    public enum Kind {
        PATH,
        QUERY,
        FORM,
        JSON,
        COOKIE,
        HEADER
    }

    public Spot {
        path = List.copyOf(path);
    }

    static Spot named(Kind kind, String name) {
        return new Spot(kind, name, List.of());
    }
}
