package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.KernelPressure;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Pressure;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Mounted;
import dev.understudy.runtime.docker.clone.Refusal;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Containers of an engine, found by the names that a topology gives them. All of it is read; there is nothing here
/// that
/// could change them. Thread-safe.
final class DockerLive implements Live {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String NUMBER = "com.docker.compose.container-number";

    private final Topology topology;
    private final EngineReading engine;
    private final Map<String, List<LiveContainer>> found;

    private DockerLive(Topology topology, EngineReading engine, Map<String, List<LiveContainer>> found) {
        this.topology = topology;
        this.engine = engine;
        this.found = found;
    }

    /// Looks for what `topology` names.
    /// @throws EnvironmentException naming every service that doesn't run
    static DockerLive discover(Topology topology, EngineReading engine) {
        Topology.Docker docker = topology.docker().orElseThrow();
        List<JsonNode> all = listed(engine, docker);
        Map<String, List<LiveContainer>> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Service service : topology.services().values()) {
            List<LiveContainer> its = containers(service, all, engine);
            found.put(service.name(), its);
            if (its.size() < service.instances()) {
                missing.add("service '" + service.name() + "': " + its.size() + " of " + service.instances()
                        + " containers run under '" + name(service) + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw new EnvironmentException(
                    "live doesn't run as " + topology.place().file() + " says, in "
                            + docker.project()
                                    .map(project -> "the project '" + project + "' of ")
                                    .orElse("")
                            + engine.address() + ":\n" + String.join("\n", missing));
        }
        return new DockerLive(topology, engine, found);
    }

    private static List<JsonNode> listed(EngineReading engine, Topology.Docker docker) {
        Map<String, List<String>> filters = docker.project()
                .map(project -> Map.of("label", List.of(PROJECT + "=" + project)))
                .orElse(Map.of());
        List<JsonNode> all = new ArrayList<>();
        engine.containers(filters, false).forEach(all::add);
        return all;
    }

    private static List<LiveContainer> containers(Service service, List<JsonNode> all, EngineReading engine) {
        List<JsonNode> its = all.stream()
                .filter(container -> is(container, name(service)))
                .sorted(Comparator.comparingInt(DockerLive::number).thenComparing(DockerLive::firstName))
                .toList();
        List<LiveContainer> containers = new ArrayList<>();
        for (JsonNode listed : its) {
            JsonNode inspect = engine.container(listed.path("Id").asString());
            containers.add(new LiveContainer(
                    service.name(),
                    containers.size(),
                    inspect,
                    engine.image(inspect.path("Image").asString())));
        }
        return List.copyOf(containers);
    }

    private static boolean is(JsonNode listed, String name) {
        return listed.path("Labels").path(SERVICE).asString("").equals(name)
                || listed.path("Names")
                        .valueStream()
                        .anyMatch(each -> each.asString().equals("/" + name));
    }

    private static int number(JsonNode listed) {
        String number = listed.path("Labels").path(NUMBER).asString("");
        return number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : 0;
    }

    private static String firstName(JsonNode listed) {
        return listed.path("Names").path(0).asString("");
    }

    private static String name(Service service) {
        return service.container().map(Service.Container::name).orElse(service.name());
    }

    @Override
    public Topology topology() {
        return topology;
    }

    EngineReading engine() {
        return engine;
    }

    /// The containers of a service, one an instance.
    List<LiveContainer> containers(String service) {
        return Objects.requireNonNullElse(found.get(service), List.of());
    }

    /// All containers of these services.
    Stream<LiveContainer> containers(Stream<Service> services) {
        return services.flatMap(service -> containers(service.name()).stream());
    }

    /// What the topology does not allow in them.
    List<Refusal> refusals(Stream<Service> services) {
        List<String> allowed = topology.docker().orElseThrow().allow();
        return containers(services)
                .flatMap(container -> Refusal.of(container, volumes(container)).stream())
                .filter(refusal -> !allowed.contains(refusal.rule()))
                .toList();
    }

    private List<JsonNode> volumes(LiveContainer container) {
        return container.mounts().stream()
                .filter(mount -> mount.type().equals("volume"))
                .map(mount -> engine.volume(mount.name()))
                .toList();
    }

    @Override
    public List<Drift> drift() {
        List<Drift> drift = new ArrayList<>();
        for (Service service : topology.services().values()) {
            List<LiveContainer> containers = containers(service.name());
            if (containers.size() != service.instances()) {
                drift.add(new Drift(
                        service.name(),
                        "instances",
                        Integer.toString(service.instances()),
                        Integer.toString(containers.size())));
            }
            containers.forEach(container -> drift.addAll(drift(service, container)));
        }
        return List.copyOf(drift);
    }

    private static List<Drift> drift(Service service, LiveContainer container) {
        List<Drift> drift = new ArrayList<>();
        JsonNode exposed = container.config().path("ExposedPorts");
        for (int port : service.container().orElseThrow().ports()) {
            if (!exposed.isEmpty() && !exposed.has(port + "/tcp")) {
                drift.add(new Drift(
                        service.name(), "ports", Integer.toString(port), String.join(", ", exposed.propertyNames())));
            }
        }
        service.data().ifPresent(data -> {
            Optional<Mounted> mounted = container.mounts().stream()
                    .filter(mount -> mount.destination().equals(data.directory()))
                    .findFirst();
            if (mounted.isEmpty()) {
                drift.add(new Drift(service.name(), "data.dir", data.directory(), "nothing is mounted there"));
            }
        });
        return drift;
    }

    @Override
    public List<InstanceState> instances() {
        List<InstanceState> states = new ArrayList<>();
        for (Service service : topology.services().values()) {
            for (LiveContainer container : containers(service.name())) {
                Optional<JsonNode> now = engine.containerIfThere(container.id());
                LiveContainer is = now.map(inspect ->
                                new LiveContainer(service.name(), container.index(), inspect, container.image()))
                        .orElse(container);
                states.add(new InstanceState(
                        service.name(),
                        container.index(),
                        Release.of(service.version()),
                        ContainerDigest.of(is.inspect(), version(service)),
                        is.mark(),
                        now.isPresent()
                                && is.isRunning()
                                && is.health()
                                        .map(health -> health.equals("healthy"))
                                        .orElse(true)));
            }
        }
        return List.copyOf(states);
    }

    private static Service.Version version(Service service) {
        Service.Version version = service.versions().get(service.version());
        return version == null
                ? new Service.Version(service.version(), service.place(), List.of(), Map.of(), Optional.empty())
                : version;
    }

    @Override
    public Pressure pressure() {
        return engine.address().uri().getScheme().equals("unix")
                ? KernelPressure.read(KernelPressure.PLACE)
                : Pressure.UNKNOWN;
    }

    @Override
    public void close() {
        engine.close();
    }
}
