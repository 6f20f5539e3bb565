package dev.understudy.runtime.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One simulated service: an HTTP service with versions, or a store.
///
/// @param calls the services it has links to
/// @param version the version live runs; `""` for a store
/// @param contents makes what a store holds at first; absent for HTTP services
public record ServiceModel(
        String name,
        int instances,
        List<String> calls,
        String version,
        List<VersionModel> versions,
        Duration healthWithin,
        Optional<Supplier<Tables>> contents) {

    public ServiceModel {
        calls = List.copyOf(calls);
        versions = List.copyOf(versions);
    }

    /// An HTTP service that runs `version` in live, with one instance.
    public static ServiceModel http(String name, VersionModel version) {
        return new ServiceModel(
                name, 1, List.of(), version.name(), List.of(version), Duration.ofSeconds(15), Optional.empty());
    }

    /// A store: a database that starts in a second and answers in half a millisecond (medians).
    public static ServiceModel store(String name, Supplier<Tables> contents) {
        VersionModel server = VersionModel.of("", _ -> Reply.of(500))
                .taking(new Lognormal(Duration.ofSeconds(1), 0.1), new Lognormal(Duration.ofMillis(100), 0.1))
                .servingIn(new Lognormal(Duration.ofNanos(500_000), 0.3));
        return new ServiceModel(name, 1, List.of(), "", List.of(server), Duration.ofSeconds(15), Optional.of(contents));
    }

    /// The same with links to more services.
    public ServiceModel calling(String... more) {
        List<String> all = new ArrayList<>(calls);
        all.addAll(List.of(more));
        return new ServiceModel(name, instances, all, version, versions, healthWithin, contents);
    }

    /// The same with another version that can be deployed.
    public ServiceModel or(VersionModel other) {
        List<VersionModel> all = new ArrayList<>(versions);
        all.add(other);
        return new ServiceModel(name, instances, calls, version, all, healthWithin, contents);
    }

    /// The same with that many instances.
    public ServiceModel times(int count) {
        return new ServiceModel(name, count, calls, version, versions, healthWithin, contents);
    }

    /// Whether it is a store.
    public boolean isStore() {
        return contents.isPresent();
    }

    /// The version of that name. @throws IllegalArgumentException if there is none
    VersionModel versionNamed(String wanted) {
        return versions.stream()
                .filter(known -> known.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no version '" + wanted + "' of '" + name + "'"));
    }
}
