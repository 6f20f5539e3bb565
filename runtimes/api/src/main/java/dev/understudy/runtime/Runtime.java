package dev.understudy.runtime;

import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    /// What stands in for live: `bundle`, taken of the system that `topology` declares. Nothing of live is
    /// looked
    /// at.
    /// @throws EnvironmentException if this runtime can't rehearse from bundles
    default Live open(Bundle bundle, Topology topology) {
        throw new EnvironmentException("the runtime '" + name() + "' can't rehearse from a bundle");
    }

    /// Copies live's data at one instant, as [#clone] does, masks it, and packs each store into a file of
    /// `directory`, which must be absent or empty. No arm is made, and what was copied is gone afterwards.
    ///
    /// @param directory an absolute path
    /// @throws EnvironmentException if a copy is refused or impossible, or this runtime can't make bundles;
    ///     what
    ///     was made until then is removed, but for what is in `directory`
    default Packed pack(ShadowRequest request, String directory) {
        throw new EnvironmentException("the runtime '" + name() + "' can't make bundles");
    }

    /// What was packed, a file of the directory a store.
    record Packed(Shadow.Copied copied, Map<String, PackedStore> stores) {
        public Packed {
            stores = Map.copyOf(stores);
        }
    }

    /// The packed data of a store; the major version of a PostgreSQL database.
    record PackedStore(String file, OptionalInt postgres) {}

    /// Removes what crashed runs left, never what runs as live. Returns what could not be removed or is
    /// left on
    /// purpose, one line each.
    List<String> clean();

    @Override
    void close();
}
