package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.SourceTree;
import dev.understudy.store.DirectoryMask;
import dev.understudy.store.DirectoryStore;
import dev.understudy.store.FileTree;
import dev.understudy.store.Frozen;
import dev.understudy.store.MaskKey;
import dev.understudy.store.Owner;
import dev.understudy.store.PackedTree;
import dev.understudy.store.Program;
import dev.understudy.store.postgres.PostgresData;
import dev.understudy.store.postgres.PostgresMask;
import dev.understudy.store.postgres.PostgresPrograms;
import dev.understudy.store.postgres.PostgresServer;
import dev.understudy.store.postgres.PostgresStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Takes the frozen copies of all stores of a scenario, databases first and then, as close as can be,
/// directories; so the
/// copies show live at two instants a moment apart, and what live did in between is left out of the traffic.
final class Copying {
    private static final Duration COMMAND = Duration.ofMinutes(10);

    private final ShadowRequest request;
    private final ProcessLive live;
    private final Workplace workplace;
    private final Path golden;
    private final Function<Service, PostgresPrograms> postgres;

    Copying(
            ShadowRequest request,
            ProcessLive live,
            Workplace workplace,
            Path golden,
            Function<Service, PostgresPrograms> postgres) {
        this.request = request;
        this.live = live;
        this.workplace = workplace;
        this.golden = golden;
        this.postgres = postgres;
    }

    /// Copies everything; on return the copies are at rest and ready to be restored from.
    Shadow.Copied run() {
        List<Service> stores = stores();
        Map<String, Long> bytes = new HashMap<>();
        Map<String, Duration> paused = new HashMap<>();
        long from = Long.MAX_VALUE;
        long until = 0;
        for (Service service : stores) {
            Frozen frozen = copy(service);
            bytes.put(service.name(), frozen.bytes());
            if (!frozen.paused().isZero()) {
                paused.put(service.name(), frozen.paused());
            }
            from = Math.min(from, frozen.surelyInEpochMillis());
            until = Math.max(until, frozen.surelyOutEpochMillis());
        }
        long now = System.currentTimeMillis();
        Shadow.Copied copied = new Shadow.Copied(
                request.sampleTime().now(),
                stores.isEmpty() ? now : from,
                stores.isEmpty() ? now : until,
                bytes,
                paused);
        settle(stores);
        stores.forEach(this::mask);
        return copied;
    }

    /// What is copied, in the order of the copies.
    List<Service> stores() {
        Scenario scenario = request.scenario();
        return scenario.shadowServices()
                .filter(Service::isStateful)
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .sorted(java.util.Comparator.comparing(service -> service.kind() == Service.Kind.PROCESS))
                .toList();
    }

    /// What came from a bundle was masked when that was made.
    private void mask(Service service) {
        List<Mask> masks = request.scenario().shadow().masks(service.name());
        boolean isMasked = live.bundle().isPresent() && source(service) instanceof DataSource.Snapshot;
        if (masks.isEmpty() || isMasked) {
            return;
        }
        Path copy = golden.resolve(service.name());
        MaskKey key = new MaskKey(request.secret());
        if (service.kind() == Service.Kind.POSTGRES) {
            Service.Database database = service.database().orElseThrow();
            new PostgresMask(
                            new PostgresData(PostgresServer.of(postgres.apply(service)), copy, request.sampleTime()),
                            key)
                    .apply(database.name(), database.user(), masks);
        } else {
            new DirectoryMask(copy, key).apply(masks);
        }
    }

    private void settle(List<Service> stores) {
        List<Timeline.Fork<Boolean>> settling = stores.stream()
                .filter(service -> service.kind() == Service.Kind.POSTGRES)
                .map(service -> request.sampleTime().fork("settle " + service.name(), () -> {
                    new PostgresData(
                                    PostgresServer.of(postgres.apply(service)),
                                    golden.resolve(service.name()),
                                    request.sampleTime())
                            .settle();
                    return true;
                }))
                .toList();
        settling.forEach(Timeline.Fork::join);
    }

    private Frozen copy(Service service) {
        return switch (source(service)) {
            case DataSource.Snapshot _ -> snapshot(service);
            case DataSource.Empty _ -> made(service, List.of());
            case DataSource.Restore restore -> made(service, List.of(file(restore.file())));
            case DataSource.Command command -> commanded(service, command.command());
        };
    }

    private DataSource source(Service service) {
        return request.scenario().shadow().data().getOrDefault(service.name(), new DataSource.Snapshot());
    }

    private Frozen snapshot(Service service) {
        Path target = golden.resolve(service.name());
        if (live.bundle().isPresent()) {
            Bundle bundle = live.bundle().get();
            String packed = bundle.packed(service.name())
                    .orElseThrow(() -> new EnvironmentException(
                            "the bundle in " + bundle.directory() + " holds no data of '" + service.name() + "'"));
            PackedTree.unpack(workplace.resolve(packed), target);
            return without(target);
        }
        if (service.kind() == Service.Kind.POSTGRES) {
            Endpoint at = service.at().getFirst();
            return new PostgresStore(
                            ArmData.login(service.database().orElseThrow(), at.host(), at.port()),
                            0,
                            request.sampleTime(),
                            InstantSource.system())
                    .freeze(target);
        }
        return new DirectoryStore(
                        live.data(service),
                        owners(service),
                        request.scenario().shadow().maxPause().orElse(Duration.ZERO),
                        InstantSource.system())
                .freeze(target);
    }

    private List<Owner> owners(Service service) {
        return live.processes(service.name()).stream()
                .map(process -> new Owner(process.pid(), process.startTicks()))
                .toList();
    }

    /// A store that is not copied from live but made from `files`: SQL for a database, a directory for a
    /// directory.
    private Frozen made(Service service, List<Path> files) {
        Path target = golden.resolve(service.name());
        try {
            if (service.kind() == Service.Kind.POSTGRES) {
                List<String> scripts = new ArrayList<>();
                for (Path file : files.isEmpty() ? init(service) : files) {
                    scripts.add(Files.readString(file));
                }
                initialise(service, target, scripts);
            } else {
                Files.createDirectories(target);
                for (Path file : files) {
                    Program.require(List.of("cp", "-a", file + "/.", target.toString()), COMMAND);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the data of '" + service.name() + "'", e);
        }
        return without(target);
    }

    private Frozen commanded(Service service, List<String> command) {
        Path target = golden.resolve(service.name());
        try {
            if (service.kind() == Service.Kind.POSTGRES) {
                initialise(service, target, List.of(Program.printed(command, COMMAND)));
            } else {
                Files.createDirectories(target);
                List<String> with = new ArrayList<>(List.of("env", "DATA_DIR=" + target));
                with.addAll(command);
                Program.require(with, COMMAND);
            }
        } catch (IOException e) {
            throw new EnvironmentException("can't make the data of '" + service.name() + "': " + e.getMessage(), e);
        }
        return without(target);
    }

    private void initialise(Service service, Path target, List<String> scripts) {
        Service.Database database = service.database().orElseThrow();
        new PostgresData(PostgresServer.of(postgres.apply(service)), target, request.sampleTime())
                .initialise(
                        new PostgresData.Content(database.name(), database.user(), ArmData.password(database), scripts),
                        PostgresServer.Care.SHADOW);
    }

    private List<Path> init(Service service) {
        return service.database().orElseThrow().init().stream()
                .map(name -> workplace
                        .resolve(request.scenario().topology().directory())
                        .resolve(name))
                .toList();
    }

    private Path file(String name) {
        return workplace.resolve(SourceTree.sibling(request.scenario().place().file(), name));
    }

    private static Frozen without(Path target) {
        long now = System.currentTimeMillis();
        FileTree.Size size = FileTree.size(target);
        return new Frozen(target, size.bytes(), size.files(), now, now, Duration.ZERO, List.of());
    }
}
