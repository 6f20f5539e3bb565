package dev.understudy.cli;

import dev.understudy.runtime.process.Listeners;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What an arm of a scenario will take of this machine: what live takes where it runs and may be seen, else an
/// assumption, which is named. In bytes.
///
/// @param memory of one arm
/// @param disk of one arm; the copy that arms are reset from takes as much once more
/// @param assumed the services of which something had to be assumed
record Footprint(long memory, long disk, List<String> assumed) {
    private static final long MIB = 1L << 20;
    private static final long JVM = 256 * MIB;
    private static final long DATABASE = 128 * MIB;
    private static final long OTHER = 64 * MIB;
    private static final long UNSEEN_DATA = 64 * MIB;
    /// For the tool itself: the largest heap the launcher gives it.
    private static final long TOOL = 1024 * MIB;

    /// Looks at live, touches nothing.
    static Footprint of(Scenario scenario, Listeners listeners) {
        long memory = 0;
        long disk = 0;
        List<String> assumed = new ArrayList<>();
        Path directory = Path.of(scenario.topology().directory());
        for (Service service : scenario.shadowServices().toList()) {
            if (scenario.shadow().mode(service.name()) != ServiceMode.RUN) {
                continue;
            }
            List<ProcessHandle> processes = processes(service, listeners);
            OptionalLong used = processes.stream()
                    .map(Listeners::memory)
                    .filter(OptionalLong::isPresent)
                    .mapToLong(OptionalLong::getAsLong)
                    .reduce(Long::sum);
            OptionalLong data = data(service, scenario, directory, processes);
            memory += used.orElse(service.instances() * usual(service));
            disk += data.orElse(UNSEEN_DATA);
            if (used.isEmpty() || data.isEmpty()) {
                assumed.add(service.name());
            }
        }
        return new Footprint(memory, disk, List.copyOf(assumed));
    }

    /// What two arms and the tool take.
    long memoryOfAll() {
        return 2 * memory + TOOL;
    }

    /// What two arms and the copy they are reset from take.
    long diskOfAll() {
        return 3 * disk;
    }

    static String size(long bytes) {
        return bytes < 1024 * MIB
                ? Math.ceilDiv(bytes, MIB) + " MiB"
                : String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (1024.0 * MIB));
    }

    private static long usual(Service service) {
        if (service.database().isPresent()) {
            return DATABASE;
        }
        Service.Version present = service.versions().get(service.version());
        boolean isJava = present != null
                && present.command().getFirst().text().replaceAll(".*/", "").equals("java");
        return isJava ? JVM : OTHER;
    }

    private static List<ProcessHandle> processes(Service service, Listeners listeners) {
        return service.at().stream()
                .map(Endpoint::port)
                .flatMap(port -> listeners.on(port).stream())
                .toList();
    }

    private static OptionalLong data(
            Service service, Scenario scenario, Path directory, List<ProcessHandle> processes) {
        if (!(scenario.shadow().data().get(service.name()) instanceof DataSource.Snapshot)) {
            return service.isStateful() ? OptionalLong.empty() : OptionalLong.of(0);
        }
        Optional<Path> place = service.data()
                .map(data -> directory.resolve(data.directory()))
                .or(() -> processes.stream().findFirst().flatMap(Listeners::workingDirectory));
        return place.filter(Files::isDirectory).map(Footprint::bytes).orElse(OptionalLong.empty());
    }

    private static OptionalLong bytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return OptionalLong.of(files.mapToLong(Footprint::length).sum());
        } catch (IOException | UncheckedIOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
