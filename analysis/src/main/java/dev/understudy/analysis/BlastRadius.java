package dev.understudy.analysis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How far the change reached while the rules watched, in the first trial: the topology as a graph, with what
/// each dependency showed in both arms. Pure data.
///
/// @param services in the order of the topology
/// @param links the entry's first, then in the order of the topology
public record BlastRadius(List<Node> services, List<Edge> links) {

    public BlastRadius {
        services = List.copyOf(services);
        links = List.copyOf(links);
    }

    /// Without a topology.
    public static BlastRadius none() {
        return new BlastRadius(List.of(), List.of());
    }

    /// How a service fared.
    public enum State {
        /// It is what was changed.
        CHANGED,
        /// It was not changed, but callers saw it answer otherwise than in the control.
        AFFECTED,
        /// Callers saw no difference.
        NOT_AFFECTED,
        /// Too few calls to tell.
        NOT_MEASURED,
        /// It was not part of the shadow, or off in it.
        NOT_IN_SHADOW
    }

    /// One service.
    public record Node(String service, State state) {}

    /// One dependency.
    ///
    /// @param difference in what the candidate left the control, in words; empty if in nothing
    public record Edge(String from, String to, Seen candidate, Seen control, String difference) {
        /// Whether the candidate left the control.
        public boolean differs() {
            return !difference.isEmpty();
        }
    }

    /// What one arm showed on a link between the start of watching and the rollback: calls, the share that
    /// failed, and the median of its seconds' p99 in nanoseconds; both empty without calls.
    public record Seen(long calls, OptionalDouble failed, OptionalLong p99) {}
}
