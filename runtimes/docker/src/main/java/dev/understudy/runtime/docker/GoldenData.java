package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Mounted;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.TarStream;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Service.StoreKind;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The copies of live's data, one volume for each of live's, which nobody writes again. A volume that several
/// containers
/// of live share is copied once. Safe to read from any thread once it is filled.
final class GoldenData {
    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final Owner owner;
    private final Map<String, Copy> copies = Collections.synchronizedMap(new LinkedHashMap<>());

    /// Whose the top of a copy is, and who may do what there.
    record Top(TarStream.Owner owner, int mode) {}

    private record Copy(int number, Made volume, String place, Top top) {}

    GoldenData(EngineWork work, EngineReading reading, ArmNames names, Owner owner) {
        this.work = work;
        this.reading = reading;
        this.names = names;
        this.owner = owner;
    }

    /// What tells one thing that is mounted from another: `volume:NAME`, or a directory of the host.
    static String source(Mounted mount) {
        return mount.type().equals("volume") ? "volume:" + mount.name() : mount.source();
    }

    /// All there are copies of.
    List<String> sources() {
        return List.copyOf(copies.keySet());
    }

    /// What there are copies of among what a container has mounted.
    List<String> sources(LiveContainer container) {
        return container.mounts().stream()
                .map(GoldenData::source)
                .filter(copies::containsKey)
                .toList();
    }

    int number(String source) {
        return copy(source).number();
    }

    /// Where it is on the engine's host.
    String place(String source) {
        return copy(source).place();
    }

    Top top(String source) {
        return copy(source).top();
    }

    private Copy copy(String source) {
        return Objects.requireNonNull(copies.get(source), source);
    }

    /// What can't be copied, and why, a line each: a container that keeps data nobody said anything of.
    static List<String> problems(Scenario scenario, DockerLive live) {
        List<String> problems = new ArrayList<>();
        running(scenario)
                .forEach(service -> live.containers(service.name())
                        .forEach(container -> container.mounts().stream()
                                .filter(Mounted::keepsData)
                                .filter(_ -> !service.isStateful())
                                .forEach(mount -> problems.add("service '" + service.name() + "' keeps data in "
                                        + described(mount) + " and the topology says nothing of it: write 'data: {dir: "
                                        + mount.destination() + "}'"))));
        return problems;
    }

    private static String described(Mounted mount) {
        return (mount.type().equals("volume") ? "volume " + mount.name() : mount.source()) + " at "
                + mount.destination();
    }

    private static Stream<Service> running(Scenario scenario) {
        return scenario.shadowServices().filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN);
    }

    /// Copies all, databases by their own means first and then the others.
    Shadow.Copied fill(ShadowRequest request, DockerLive live, Copier copier) {
        List<Service> stores = running(request.scenario())
                .filter(Service::isStateful)
                .sorted(Comparator.comparing(service -> kind(service) == StoreKind.FILES))
                .toList();
        Map<String, Long> bytes = new HashMap<>();
        Map<String, Duration> paused = new HashMap<>();
        long from = Long.MAX_VALUE;
        long until = 0;
        for (Service service : stores) {
            Copier.Outcome outcome = copy(service, request, live, copier);
            bytes.put(service.name(), outcome.bytes());
            if (!outcome.paused().isZero()) {
                paused.put(service.name(), outcome.paused());
            }
            from = Math.min(from, outcome.surelyInMillis());
            until = Math.max(until, outcome.surelyOutMillis());
        }
        long now = System.currentTimeMillis();
        return new Shadow.Copied(
                request.sampleTime().now(),
                stores.isEmpty() ? now : from,
                stores.isEmpty() ? now : until,
                bytes,
                paused);
    }

    private static StoreKind kind(Service service) {
        return service.container().map(Service.Container::store).orElse(StoreKind.FILES);
    }

    private Copier.Outcome copy(Service service, ShadowRequest request, DockerLive live, Copier copier) {
        List<LiveContainer> containers = live.containers(service.name());
        Map<String, Mounted> wanted = new LinkedHashMap<>();
        containers.stream()
                .flatMap(container -> container.mounts().stream())
                .filter(Mounted::keepsData)
                .forEach(mount -> wanted.putIfAbsent(source(mount), mount));
        wanted.keySet().removeAll(copies.keySet());
        Map<String, Made> volumes = new LinkedHashMap<>();
        wanted.keySet().forEach(source -> volumes.put(source, volume(copies.size() + volumes.size())));
        List<Copier.Pair> pairs = wanted.entrySet().stream()
                .map(entry -> new Copier.Pair(entry.getValue(), Objects.requireNonNull(volumes.get(entry.getKey()))))
                .toList();
        Copier.Outcome outcome = pairs.isEmpty()
                ? Copier.Outcome.nothing()
                : switch (request.scenario().shadow().data().getOrDefault(service.name(), new DataSource.Snapshot())) {
                    case DataSource.Snapshot _ -> copier.snapshot(service, containers, pairs);
                    case DataSource.Empty _ -> copier.empty(service, pairs);
                    case DataSource.Restore _, DataSource.Command _ ->
                        throw new EnvironmentException("the data of '" + service.name()
                                + "' can't be restored or made in containers yet: write snapshot or empty");
                };
        int index = 0;
        for (Map.Entry<String, Made> entry : volumes.entrySet()) {
            copies.put(
                    entry.getKey(),
                    new Copy(
                            copies.size(),
                            entry.getValue(),
                            reading.volume(entry.getValue().name())
                                    .path("Mountpoint")
                                    .asString(""),
                            outcome.tops().get(index)));
            index++;
        }
        return outcome;
    }

    private Made volume(int number) {
        return work.volumes().create(new Mark("both", "data"), names.of("golden-" + number), Bodies.labelled(owner));
    }
}
