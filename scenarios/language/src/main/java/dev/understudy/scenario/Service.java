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
/// @param container which of live's containers it is, if live runs on Docker
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
        Optional<Database> database,
        Optional<Container> container) {

    /// One that runs as processes.
    public Service(
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
        this(
                name,
                place,
                kind,
                protocol,
                at,
                version,
                versions,
                tags,
                environment,
                data,
                health,
                stop,
                database,
                Optional.empty());
    }

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
    /// database when it starts. In a topology of containers an empty command is the one that live or the image has,
    /// and `packaging` says what else differs from what live runs.
    public record Version(
            String name,
            Place place,
            List<Template> command,
            Map<String, Template> environment,
            Optional<String> directory,
            Optional<StartMigration> migrates,
            Packaging packaging) {
        /// One that is not packed in an image.
        public Version(
                String name,
                Place place,
                List<Template> command,
                Map<String, Template> environment,
                Optional<String> directory,
                Optional<StartMigration> migrates) {
            this(name, place, command, environment, directory, migrates, Packaging.AS_LIVE);
        }

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

    /// What the containers of a version are made of, over and above what live's are.
    ///
    /// @param image a reference or an id that the engine knows; live's own if absent
    /// @param files put into a container before it starts: the absolute path in it, and the file they come from,
    ///     relative to the topology file
    public record Packaging(Optional<String> image, Map<String, String> files) {
        /// What live's are made of.
        public static final Packaging AS_LIVE = new Packaging(Optional.empty(), Map.of());

        public Packaging {
            files = Map.copyOf(files);
        }
    }

    /// Which of live's containers a service is.
    ///
    /// @param name of the service in a Compose project, or of a container
    /// @param ports on which it listens; exchanges are measured on the first, the others are passed on
    /// @param calls the services it calls
    /// @param store how its data is copied and compared
    public record Container(String name, List<Integer> ports, List<String> calls, StoreKind store) {
        public Container {
            ports = List.copyOf(ports);
            calls = List.copyOf(calls);
        }
    }

    /// What keeps the data of a container.
    public enum StoreKind {
        /// Files that nobody knows more of.
        FILES,
        POSTGRES,
        MYSQL,
        MARIADB,
        REDIS
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
        return kind == Kind.POSTGRES
                || data.isPresent()
                || container
                        .map(Container::store)
                        .filter(store -> store != StoreKind.FILES)
                        .isPresent();
    }

    /// What that version migrates when it starts; empty if it says nothing of it, or there is no such version.
    public Optional<StartMigration> migrationOf(String wanted) {
        Version found = versions.get(wanted);
        return found == null ? Optional.empty() : found.migrates();
    }

    /// The services it calls: those that a container is said to call, and the references in its environment and its
    /// commands.
    public Set<String> calls() {
        Set<String> called = new LinkedHashSet<>(container.map(Container::calls).orElse(List.of()));
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
