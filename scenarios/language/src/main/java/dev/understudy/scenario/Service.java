package dev.understudy.scenario;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One service of a topology.
///
/// @param name its key in the topology
/// @param place where it is declared
/// @param kind what it is: an ordinary process, or a database the tool knows
/// @param protocol what is spoken to it: exchanges are measured on HTTP links, turn-arounds on TCP links
/// @param at where its instances listen in live, one endpoint an instance; empty if it listens nowhere
/// @param version the version that runs in live; empty for a database
/// @param versions every known version by name
/// @param tags free labels
/// @param environment variables for every instance, over and above `PORT`
/// @param data the directory it keeps data in, if any
/// @param health how to tell that an instance is ready
/// @param stop how an instance is ended
/// @param database what a database service holds
public record Service(
        String name,
        Place place,
        Kind kind,
        Protocol protocol,
        List<Endpoint> at,
        String version,
        Map<String, Version> versions,
        Map<String, String> tags,
        Map<String, Template> environment,
        Optional<DataDirectory> data,
        Optional<Health> health,
        Stop stop,
        Optional<Database> database) {

    /// What a service is.
    public enum Kind {
        PROCESS,
        POSTGRES
    }

    /// What is spoken on the links to a service.
    public enum Protocol {
        HTTP,
        TCP
    }

    /// One version: how it is started (program and arguments), what it adds to the environment, where
    /// it runs (relative to the topology file; the topology's own directory if absent), and whether it migrates a
    /// database when it starts.
    public record Version(
            String name,
            Place place,
            List<Template> command,
            Map<String, Template> environment,
            Optional<String> directory,
            Optional<StartMigration> migrates) {
        /// One that migrates nothing, as far as is known.
        public Version(
                String name,
                Place place,
                List<Template> command,
                Map<String, Template> environment,
                Optional<String> directory) {
            this(name, place, command, environment, directory, Optional.empty());
        }
    }

    /// What a version migrates by itself when it starts.
    ///
    /// @param database the service in the topology whose definitions it changes, a database
    /// @param history the table in which its tool notes what was applied, `schema.table` outside `public`; absent
    ///     if it goes by a name that is known
    public record StartMigration(Place place, String database, Optional<String> history) {}

    /// A directory of data, relative to the topology file, and the variable through which the service learns
    /// of it.
    public record DataDirectory(Place place, String directory, String variable) {}

    /// Ready when `GET http` answers 2xx, or (without `http`) when the port accepts; at the latest after
    /// `within`.
    public record Health(Optional<String> http, Duration within) {}

    /// Ended with SIGTERM; after `grace` with SIGKILL.
    public record Stop(Duration grace) {}

    /// A database: its name, its owner, the SQL that makes it from nothing (relative to the topology file),
    /// an optional password (usually `${env.NAME}`), and an optional directory with the server's programs.
    public record Database(
            String name, String user, List<String> init, Optional<Template> password, Optional<String> binaries) {}

    public Service {
        at = List.copyOf(at);
        versions = Map.copyOf(versions);
        tags = Map.copyOf(tags);
    }

    /// How many instances run in live; at least one.
    public int instances() {
        return Math.max(1, at.size());
    }

    /// Whether it keeps data that a shadow has to be given.
    public boolean isStateful() {
        return kind == Kind.POSTGRES || data.isPresent();
    }

    /// What that version migrates when it starts; empty if it says nothing of it, or there is no such version.
    public Optional<StartMigration> migrationOf(String wanted) {
        Version found = versions.get(wanted);
        return found == null ? Optional.empty() : found.migrates();
    }

    /// The services it calls, from the references in its environment and its commands.
    public Set<String> calls() {
        Set<String> called = new LinkedHashSet<>();
        Stream<Template> inVersions = versions.values().stream()
                .flatMap(v -> Stream.concat(v.command().stream(), v.environment().values().stream()));
        Stream.concat(environment.values().stream(), inVersions)
                .flatMap(template -> template.references().stream())
                .filter(reference ->
                        !reference.isEnvironment() && !reference.of().equals(name))
                .forEach(reference -> called.add(reference.of()));
        return called;
    }
}
