package dev.understudy.runtime.process;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Topology;
import dev.understudy.store.FileTree;
import dev.understudy.store.postgres.PostgresData;
import dev.understudy.store.postgres.PostgresPrograms;
import dev.understudy.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Starts as live what does not run, each in a process session of its own, so that it survives whatever
/// becomes of this tool;
/// and stops just that. Its data is a throw-away copy: of what the topology's `init` makes, or of the
/// declared directory.
///
/// A start that finds the live of a run that died takes it over instead of starting another.
final class LiveStart {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Topology topology;
    private final Path directory;
    private final Workplace workplace;
    private final Timeline timeline;
    private final Function<Service, PostgresPrograms> postgres;
    private final Roster roster;
    private final EffectLog.Effect effect;

    private LiveStart(
            Topology topology,
            Path directory,
            Workplace workplace,
            Timeline timeline,
            Function<Service, PostgresPrograms> postgres,
            Roster roster,
            EffectLog.Effect effect) {
        this.topology = topology;
        this.directory = directory;
        this.workplace = workplace;
        this.timeline = timeline;
        this.postgres = postgres;
        this.roster = roster;
        this.effect = effect;
    }

    /// Where the throw-away live of a topology is kept.
    static Path place(Workplace workplace, Topology topology) {
        return workplace
                .lives()
                .resolve(topology.name() + "-"
                        + Digests.of(workplace.resolve(topology.place().file()).toString())
                                .substring(0, 8));
    }

    /// Starts what does not run; empty if everything does and nobody who died has started it.
    static Optional<LiveStart> start(
            Topology topology,
            Path directory,
            Workplace workplace,
            Timeline timeline,
            Function<Service, PostgresPrograms> postgres,
            EffectLog effects) {
        Path place = place(workplace, topology);
        Roster left = Roster.of(place);
        boolean abandoned = Files.exists(place) && !left.isOwned();
        List<Service> absent = absent(topology);
        if (abandoned && left.running().isEmpty()) {
            FileTree.delete(place);
            abandoned = false;
        }
        boolean mirrorAbsent =
                topology.mirror().filter(mirror -> !listens(mirror.at())).isPresent();
        if (absent.isEmpty() && !mirrorAbsent && !abandoned) {
            return Optional.empty();
        }
        EffectLog.Effect effect = effects.intend("live in " + place, "stop the processes in its list, then delete it");
        Roster roster = abandoned ? left : Roster.create(place);
        roster.adopt();
        LiveStart start = new LiveStart(topology, directory, workplace, timeline, postgres, roster, effect);
        try {
            start.startAll(absent);
        } catch (RuntimeException e) {
            start.stop();
            throw e;
        }
        return Optional.of(start);
    }

    private static List<Service> absent(Topology topology) {
        return topology.calleesFirst().stream()
                .filter(service -> service.at().stream().anyMatch(at -> !listens(at)))
                .toList();
    }

    static boolean listens(Endpoint at) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(at.host(), at.port()), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private void startAll(List<Service> absent) {
        Optional<Topology.MirrorPoint> mirror = topology.mirror().filter(point -> !listens(point.at()));
        for (Service service : absent) {
            if (service.kind() == Service.Kind.POSTGRES) {
                database(service);
            } else {
                process(service);
            }
            if (mirror.filter(point -> point.service().equals(service.name())).isPresent()) {
                mirror(mirror.get());
                mirror = Optional.empty();
            }
        }
        mirror.ifPresent(this::mirror);
    }

    private void database(Service service) {
        Service.Database database = service.database().orElseThrow();
        Path data = roster.directory().resolve("data").resolve(service.name());
        PostgresServer server = PostgresServer.of(postgres.apply(service));
        Endpoint at = service.at().getFirst();
        new PostgresData(server, data, timeline).initialise(content(database), PostgresServer.Care.LIVE);
        spawn(
                service.name(),
                new Commands(
                        server.run(
                                data,
                                PostgresServer.Listening.on(at.host(), at.port()),
                                PostgresServer.Care.LIVE,
                                Map.of()),
                        roster.directory(),
                        Commands.basics()));
        await(service, () -> isReady(service, at));
    }

    private PostgresData.Content content(Service.Database database) {
        List<String> scripts = database.init().stream()
                .map(file -> {
                    try {
                        return Files.readString(directory.resolve(file));
                    } catch (IOException e) {
                        throw new EnvironmentException(
                                "can't read " + directory.resolve(file) + ": " + e.getMessage(), e);
                    }
                })
                .toList();
        return new PostgresData.Content(database.name(), database.user(), ArmData.password(database), scripts);
    }

    private void process(Service service) {
        service.data().ifPresent(declared -> copyData(service, declared));
        for (int index = 0; index < service.instances(); index++) {
            int port = service.at().isEmpty() ? 0 : service.at().get(index).port();
            Path data = roster.directory().resolve("data").resolve(service.name());
            spawn(
                    service.name(),
                    Commands.of(
                            service,
                            Release.of(service.version()),
                            directory,
                            template -> Floorplan.resolveInLive(template, topology),
                            port,
                            roster.directory(),
                            data));
        }
        await(service, () -> service.at().stream().allMatch(at -> isReady(service, at)));
    }

    /// Whether an instance that listens at `at`, not in an arm, is ready.
    static boolean isReady(Service service, Endpoint at) {
        if (service.kind() == Service.Kind.POSTGRES) {
            Service.Database database = service.database().orElseThrow();
            return PostgresServer.ready(ArmData.login(database, at.host(), at.port()), Duration.ofSeconds(1));
        }
        InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
        return service.health()
                .flatMap(Service.Health::http)
                .map(path -> PlainGet.answers2xx(address, path))
                .orElseGet(() -> listens(at));
    }

    private void copyData(Service service, Service.DataDirectory declared) {
        Path from = directory.resolve(declared.directory());
        Path to = roster.directory().resolve("data").resolve(service.name());
        try {
            Files.createDirectories(to);
            if (Files.isDirectory(from)) {
                try (Stream<Path> all = Files.walk(from)) {
                    for (Path source : all.toList()) {
                        Path target = to.resolve(from.relativize(source).toString());
                        if (Files.isDirectory(source)) {
                            Files.createDirectories(target);
                        } else {
                            Files.copy(source, target);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy " + from + " for live", e);
        }
    }

    private void mirror(Topology.MirrorPoint point) {
        spawn(
                "mirror",
                new Commands(
                        workplace
                                .mirrorCommand()
                                .apply(workplace
                                        .resolve(topology.place().file())
                                        .toString()),
                        roster.directory(),
                        Commands.basics()));
        awaitUp(
                "the mirror at " + point.at(),
                Duration.ofSeconds(20),
                () -> listens(point.at()) && listens(point.feed()),
                "mirror");
    }

    /// In a session of its own: a Ctrl-C meant for the tool must not reach live.
    private void spawn(String name, Commands commands) {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(commands.words());
        try {
            Files.createDirectories(roster.directory().resolve("log"));
            Process process = new Commands(words, commands.directory(), commands.environment())
                    .startIn(
                            commands.directory(),
                            words,
                            roster.directory().resolve("log").resolve(name + ".log"));
            roster.started(process.toHandle(), name);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "live service '" + name + "': can't start " + Digests.typed(commands.words()) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void await(Service service, java.util.function.BooleanSupplier ready) {
        awaitUp(
                "live service '" + service.name() + "' at " + service.at(),
                service.health().map(Service.Health::within).orElse(Duration.ofSeconds(30)),
                ready,
                service.name());
    }

    private void awaitUp(String what, Duration within, java.util.function.BooleanSupplier ready, String log) {
        if (!timeline.await(ready, timeline.now() + within.toNanos())) {
            throw new EnvironmentException(
                    what + " was started and isn't ready after " + within.toSeconds() + " s; the end of its output:\n"
                            + OutputTail.of(roster.directory().resolve("log").resolve(log + ".log"), 2_000));
        }
    }

    /// Stops what was started, latest first, and deletes its throw-away data.
    void stop() {
        for (ProcessId process : roster.running()) {
            process.signal("TERM");
            if (!process.hasEndedWithin(GRACE)) {
                process.signal("KILL");
            }
        }
        boolean ended = roster.running().isEmpty();
        FileTree.deleteQuietly(roster.directory());
        effect.undone(ended && !Files.exists(roster.directory()));
    }
}
