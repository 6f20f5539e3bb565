package dev.understudy.scenario;

import java.util.List;
import java.util.Optional;

/// Which requests the arms get.
///
/// @param sample the share of sessions, above 0 and up to 1
/// @param by what makes requests one session; without it every client connection is one
/// @param floor below these counts a verdict can't be GO
public record Traffic(Source from, double sample, Optional<SessionKey> by, List<Redaction> redact, Floor floor) {

    /// Where requests come from.
    public sealed interface Source {
        /// Live's own mirror in front of `service`.
        record Mirror(String service) implements Source {}

        /// A recording: one JSON object a line.
        record Capture(String file) implements Source {}

        /// Made-up users.
        ///
        /// @param perSecond requests a second, above 0, on average
        /// @param mix the file that says what they do
        record Synthetic(double perSecond, String mix) implements Source {}
    }

    /// The cookie or header that carries the session.
    public record SessionKey(Where where, String name) {
        /// Where a session key stands.
        public enum Where {
            COOKIE,
            HEADER
        }
    }

    /// Something to hide before a request leaves live: a header by name, a cookie by name, a query
    /// parameter by name, or a JSON pointer in the body.
    public record Redaction(Kind kind, String name) {
        /// What is hidden.
        public enum Kind {
            HEADER,
            COOKIE,
            QUERY,
            JSON
        }
    }

    /// The least traffic for a GO, between change and rollback and again after recovery: exchanges, and
    /// writes among them.
    public record Floor(long exchanges, long writes) {}
}
