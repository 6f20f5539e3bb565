package dev.understudy.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One controlled disturbance as written in a scenario.
///
/// @param kind the name of a deviation kind
/// @param parameters its parameters by name, defaults filled in
/// @param after counts from the start of rule watching
/// @param lasts how long it acts; absent: until `until`
/// @param on which arms it acts on
/// @param until when it ends at the latest
/// @param mustBreach whether it is an error of the rules not to see it
public record DeviationSpec(
        String id,
        Place place,
        String kind,
        Target target,
        Map<String, Quantity> parameters,
        Duration after,
        Optional<Duration> lasts,
        Scope on,
        Until until,
        boolean mustBreach) {

    /// What a deviation acts on.
    public sealed interface Target {
        /// A link between services.
        record OnLink(Link link) implements Target {}

        /// All instances of a service.
        record OnService(String service) implements Target {}

        /// The stream of measurements of one rule; no service is touched.
        record OnRule(String rule) implements Target {}
    }

    /// The arms a deviation acts on.
    public enum Scope {
        ALL,
        CANDIDATE
    }

    /// When a deviation ends at the latest.
    public enum Until {
        RECOVERY,
        BREACH
    }

    /// The parameter of that name. @throws IllegalArgumentException if the kind has none
    public Quantity parameter(String name) {
        Quantity found = parameters.get(name);
        if (found == null) {
            throw new IllegalArgumentException("deviation '" + id + "' has no parameter '" + name + "'");
        }
        return found;
    }
}
