package dev.understudy.runtime.docker.agent.names;

/// A name that a container of the arm asked for.
///
/// @param atNanos when, on the timeline of whoever holds it
/// @param caller the address that asked
/// @param name in lower case, without a dot at the end
/// @param type of the record it wanted: `A`, `AAAA`, `SRV`, or `TYPE65` for those without a name here
public record Sighting(long atNanos, String caller, String name, String type, Outcome outcome) {

    /// What the name turned out to be.
    public enum Outcome {
        /// A dependency that the caller declares.
        KNOWN,
        /// A service of the arm that the caller does not declare.
        UNDECLARED,
        /// A name of the outside world that something stands in for.
        ALLOWED,
        /// Any other name: the caller was told that there is none.
        OUTSIDE
    }

    /// The same, seen at another time.
    public Sighting at(long nanos) {
        return new Sighting(nanos, caller, name, type, outcome);
    }
}
