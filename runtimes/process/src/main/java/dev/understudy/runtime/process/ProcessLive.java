package dev.understudy.runtime.process;

import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.KernelPressure;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Pressure;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Live's processes, found behind the sockets that the topology says they listen on, and compared with what
/// it says they are.
/// Reads `/proc` only; what was started as live is ended on close, in the reverse order. A bundle stands in
/// for live
/// where there is none: then nothing runs, nothing is read, and the data is the bundle's.
final class ProcessLive implements Live {
    private final Topology topology;
    private final Path directory;
    private final Digests digests;
    private final Sight sight;
    private final Optional<LiveStart> started;
    private final Roster throwAway;
    private final Optional<Bundle> bundle;
    private final Map<String, List<ProcessId>> found = new HashMap<>();

    /// @param started what this handle started and ends
    /// @param throwAway where live is kept if the tool started it, this handle or another run
    ProcessLive(
            Topology topology,
            Path directory,
            Digests digests,
            Sight sight,
            Optional<LiveStart> started,
            Roster throwAway) {
        this.topology = topology;
        this.directory = directory;
        this.digests = digests;
        this.sight = sight;
        this.started = started;
        this.throwAway = throwAway;
        this.bundle = Optional.empty();
        Sockets sockets = Sockets.listening(sight);
        for (Service service : topology.services().values()) {
            found.put(
                    service.name(),
                    service.at().stream()
                            .flatMap(endpoint -> sockets.owner(endpoint.port()).stream())
                            .flatMap(process -> ProcessId.of(process.pid()).stream())
                            .toList());
        }
    }

    /// What stands in for live.
    ProcessLive(Topology topology, Path directory, Digests digests, Sight sight, Roster nobody, Bundle bundle) {
        this.topology = topology;
        this.directory = directory;
        this.digests = digests;
        this.sight = sight;
        this.started = Optional.empty();
        this.throwAway = nobody;
        this.bundle = Optional.of(bundle);
    }

    /// What stands in for live, if something does.
    Optional<Bundle> bundle() {
        return bundle;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    /// The processes that listen for a service, one an instance.
    List<ProcessId> processes(String service) {
        return found.getOrDefault(service, List.of());
    }

    /// Where the data directory of a service is in live.
    Path data(Service service) {
        Path own = throwAway.directory().resolve("data").resolve(service.name());
        return Files.isDirectory(own) && isThrowAway(service)
                ? own
                : directory.resolve(service.data().orElseThrow().directory());
    }

    private boolean isThrowAway(Service service) {
        List<ProcessId> running = throwAway.running();
        return service.at().isEmpty()
                ? !running.isEmpty()
                : processes(service.name()).stream().anyMatch(running::contains);
    }

    /// The services that should listen and don't, a line each.
    List<String> missing() {
        return topology.services().values().stream()
                .filter(service ->
                        processes(service.name()).size() < service.at().size())
                .map(service -> service.name() + " at " + service.at())
                .toList();
    }

    @Override
    public List<Drift> drift() {
        List<Drift> drift = new ArrayList<>();
        for (Service service : topology.services().values()) {
            for (ProcessId process : processes(service.name())) {
                if (service.kind() == Service.Kind.PROCESS) {
                    drift.addAll(drift(service, process));
                }
            }
        }
        return List.copyOf(drift);
    }

    @Override
    public Pressure pressure() {
        return bundle.isPresent() ? Pressure.UNKNOWN : KernelPressure.read(KernelPressure.PLACE);
    }

    private List<Drift> drift(Service service, ProcessId process) {
        List<Drift> drift = new ArrayList<>();
        Commands declared = declared(service);
        List<String> runs = Sight.command(process.pid());
        if (!sameCommand(declared.words(), runs)) {
            drift.add(new Drift(service.name(), "command", Digests.typed(declared.words()), Digests.typed(runs)));
        }
        Map<String, String> environment = new HashMap<>();
        sight.environment(process.pid()).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        if (environment.isEmpty()) {
            drift.add(new Drift(service.name(), "environment", "readable", "not readable by this user: not checked"));
            return drift;
        }
        for (String name : service.environment().keySet()) {
            String wanted = declared.environment().getOrDefault(name, "");
            String is = environment.get(name);
            if (!wanted.equals(is)) {
                drift.add(new Drift(
                        service.name(), "environment." + name, hash(wanted), is == null ? "not set" : hash(is)));
            }
        }
        return drift;
    }

    private Commands declared(Service service) {
        return Commands.of(
                service,
                Release.of(service.version()),
                directory,
                this::inLive,
                service.at().isEmpty() ? 0 : service.at().getFirst().port(),
                directory,
                service.data().map(_ -> data(service)).orElse(directory));
    }

    private String inLive(Template template) {
        return Floorplan.resolveInLive(template, topology);
    }

    private static String hash(String value) {
        return "#" + Digests.of(value).substring(0, 8);
    }

    /// Equal but for the path in front of the program's name, and for an interpreter in front of a script.
    private static boolean sameCommand(List<String> declared, List<String> runs) {
        if (runs.size() < declared.size()) {
            return false;
        }
        List<String> tail = runs.subList(runs.size() - declared.size(), runs.size());
        return name(declared.getFirst()).equals(name(tail.getFirst()))
                && declared.subList(1, declared.size()).equals(tail.subList(1, tail.size()));
    }

    private static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    @Override
    public List<InstanceState> instances() {
        List<InstanceState> states = new ArrayList<>();
        for (Service service : topology.services().values()) {
            List<ProcessId> processes = processes(service.name());
            for (int index = 0; index < processes.size(); index++) {
                Release release = Release.of(service.version());
                states.add(new InstanceState(
                        service.name(),
                        index,
                        release,
                        digests.of(service, release, directory),
                        processes.get(index).toString(),
                        processes.get(index).isAlive()));
            }
        }
        return List.copyOf(states);
    }

    @Override
    public void close() {
        started.ifPresent(LiveStart::stop);
    }
}
