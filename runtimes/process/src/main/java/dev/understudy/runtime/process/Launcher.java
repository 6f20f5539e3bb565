package dev.understudy.runtime.process;

import dev.understudy.runtime.Arm.Execution;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import dev.understudy.store.postgres.PostgresPrograms;
import dev.understudy.store.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// Starts programs inside one arm: instances of services, and the commands of steps. Thread-safe.
final class Launcher {
    private static final Duration KILLED = Duration.ofSeconds(5);

    private final Enclosure walls;
    private final Floorplan plan;
    private final ArmDirectory directory;
    private final Parts parts;

    /// What all arms of a run share: where the topology's files are, digests, the list of what was started,
    /// and which server
    /// programs run a database service.
    record Parts(
            Path topologyDirectory, Digests digests, Roster roster, Function<Service, PostgresPrograms> postgres) {}

    Launcher(Enclosure walls, Floorplan plan, ArmDirectory directory, Parts parts) {
        this.walls = walls;
        this.plan = plan;
        this.directory = directory;
        this.parts = parts;
    }

    /// Starts one instance that is to listen at `at`, if it listens at all.
    Instance start(Service service, int index, Optional<InetSocketAddress> at, Release release, IntConsumer exited) {
        String digest = parts.digests().of(service, release, parts.topologyDirectory());
        Commands commands = service.kind() == Service.Kind.POSTGRES ? postgres(service) : process(service, at, release);
        Instance instance = Instance.start(
                walls,
                service.name(),
                index,
                at,
                release,
                digest,
                commands,
                directory.log(service.name(), index),
                exited);
        parts.roster().started(instance.process(), service.name());
        return instance;
    }

    private Commands process(Service service, Optional<InetSocketAddress> at, Release release) {
        return Commands.of(
                service,
                release,
                parts.topologyDirectory(),
                template -> at.map(own -> plan.resolve(template, service.name(), own))
                        .orElseGet(() -> plan.resolve(template, service.name())),
                at.map(InetSocketAddress::getPort).orElse(0),
                directory.home(),
                directory.data(service.name()));
    }

    private Commands postgres(Service service) {
        InetSocketAddress at = plan.instances(service.name()).getFirst();
        Path data = directory.data(service.name());
        List<String> command = PostgresServer.of(parts.postgres().apply(service))
                .run(
                        data,
                        PostgresServer.Listening.on("127.0.0.1", at.getPort()),
                        PostgresServer.Care.SHADOW,
                        Map.of());
        return new Commands(command, directory.root(), Commands.basics());
    }

    /// Runs a program to its end, or for `timeout`.
    Execution execute(List<String> command, Map<String, Template> environment, Duration timeout, Set<Long> executing) {
        String literal = Digests.typed(command);
        try {
            Path output = Files.createTempFile(directory.root().resolve("log"), "step-", ".log");
            Map<String, String> variables = new LinkedHashMap<>(Commands.basics());
            variables.put("HOME", directory.home().toString());
            environment.forEach((name, value) -> variables.put(name, plan.resolve(value, Link.OUTSIDE)));
            Process process = new Commands(command, directory.root(), variables)
                    .start(walls.enter(directory.root(), command), output);
            ProcessHandle inside = walls.unwrap(process);
            executing.add(inside.pid());
            try {
                boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    java.util.stream.Stream.concat(inside.descendants(), java.util.stream.Stream.of(inside))
                            .toList()
                            .forEach(ProcessHandle::destroyForcibly);
                    process.waitFor(KILLED.toMillis(), TimeUnit.MILLISECONDS);
                }
                int code = ended ? process.exitValue() : 124;
                return new Execution(code == 0, code, OutputTail.of(output, 2_000), literal, !ended);
            } finally {
                executing.remove(inside.pid());
            }
        } catch (IOException e) {
            return new Execution(false, 127, "can't start: " + e.getMessage(), literal, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while running " + literal, e);
        }
    }
}
