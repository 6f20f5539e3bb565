package dev.understudy.runtime.simulated;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One version of a simulated service: how long it takes to start, to stop and to serve, what it does, and what
/// keeps it from starting.
///
/// @param serving the time of one [Call#work]
/// @param refusal looks at the data of the copy it starts in and says why it can't run with them; then it exits
///     with 1
/// @param migration what it changes in a store when it starts, before it looks whether it can run
public record VersionModel(
        String name,
        Lognormal starting,
        Lognormal stopping,
        Lognormal serving,
        Behaviour behaviour,
        Function<Stores, Optional<String>> refusal,
        Optional<Migration> migration) {

    /// A migration that a version runs by itself when it starts, in one transaction; each instance does, so it has
    /// to look whether it was done.
    ///
    /// @param declared whether the topology says so
    public record Migration(String store, boolean declared, Consumer<Tables> effect) {}

    /// The stores of a copy by service name, as a starting version sees them.
    public interface Stores {
        /// What the store of `service` holds. @throws IllegalArgumentException if there is no such store
        Tables of(String service);
    }

    /// A version that starts in 400 ms, stops in 50 ms and serves in 2 ms (medians).
    public static VersionModel of(String name, Behaviour behaviour) {
        return new VersionModel(
                name,
                new Lognormal(Duration.ofMillis(400), 0.1),
                new Lognormal(Duration.ofMillis(50), 0.1),
                new Lognormal(Duration.ofMillis(2), 0.4),
                behaviour,
                _ -> Optional.empty(),
                Optional.empty());
    }

    /// The same with other start-up and stop times.
    public VersionModel taking(Lognormal toStart, Lognormal toStop) {
        return new VersionModel(name, toStart, toStop, serving, behaviour, refusal, migration);
    }

    /// The same with other service times.
    public VersionModel servingIn(Lognormal time) {
        return new VersionModel(name, starting, stopping, time, behaviour, refusal, migration);
    }

    /// The same, but it doesn't start with data of which `why` says something.
    public VersionModel refusing(Function<Stores, Optional<String>> why) {
        return new VersionModel(name, starting, stopping, serving, behaviour, why, migration);
    }

    /// The same, but it migrates a store when it starts.
    public VersionModel migrating(Migration atStart) {
        return new VersionModel(name, starting, stopping, serving, behaviour, refusal, Optional.of(atStart));
    }
}
