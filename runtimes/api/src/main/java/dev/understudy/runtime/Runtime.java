package dev.understudy.runtime;

import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A kind of place where services run. Thread-safe.
public interface Runtime extends AutoCloseable {

    /// `process`, `simulated`, …
    String name();

    /// What it can do here and now; probed, not assumed.
    Set<Capability> capabilities();

    /// Why it lacks `capability` here, and what would help; empty if it has it or there is nothing to say.
    default Optional<String> whyNot(Capability capability) {
        return Optional.empty();
    }

    /// Looks at live; with `start`, starts what doesn't run as live first and stops just that on close.
    /// @throws EnvironmentException if a declared service doesn't run (without `start`) or isn't healthy in
    /// time
    Live discover(Topology topology, boolean start, EffectLog effects);

    /// Clones live into two arms at one instant. Nothing of the shadow runs yet.
    /// @throws EnvironmentException if a copy is refused or impossible; what was made until then is removed
    Shadow clone(ShadowRequest request);

    /// Removes what crashed runs left, never what runs as live. Returns what could not be removed or is left on
    /// purpose, one line each.
    List<String> clean();

    @Override
    void close();
}
