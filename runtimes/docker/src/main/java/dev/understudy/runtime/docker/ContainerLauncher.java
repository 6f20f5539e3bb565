package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.docker.clone.Blueprint;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Rewrite;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.TarStream;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Topology;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes and starts containers of one arm as live's are, but for what a release changes. Thread-safe.
final class ContainerLauncher {
    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final Owner owner;
    private final DockerLive live;
    private final ArmNetworks networks;
    private final Neighbours neighbours;
    private final ArmVolumes volumes;
    private final Blueprint.Limits limits;
    private final Path directory;
    private final Map<String, List<Rewrite>> rewrites = new ConcurrentHashMap<>();

    /// What a launcher works with.
    ///
    /// @param directory where the topology's files are
    record Parts(
            EngineWork work,
            EngineReading reading,
            ArmNames names,
            Owner owner,
            DockerLive live,
            ArmNetworks networks,
            Neighbours neighbours,
            ArmVolumes volumes,
            Blueprint.Limits limits,
            Path directory) {}

    ContainerLauncher(Parts parts) {
        this.work = parts.work();
        this.reading = parts.reading();
        this.names = parts.names();
        this.owner = parts.owner();
        this.live = parts.live();
        this.networks = parts.networks();
        this.neighbours = parts.neighbours();
        this.volumes = parts.volumes();
        this.limits = parts.limits();
        this.directory = parts.directory();
    }

    /// Makes one instance and starts it.
    ///
    /// @param beside at the second address of its place
    /// @param joined the container whose network it shares, where live's shares one's
    ContainerInstance start(
            Service service, int index, boolean beside, Release release, Function<String, Optional<Made>> joined) {
        ContainerInstance instance = make(service, index, beside, release, joined);
        work.containers().start(instance.container());
        return instance;
    }

    private ContainerInstance make(
            Service service, int index, boolean beside, Release release, Function<String, Optional<Made>> joined) {
        LiveContainer container = model(service, index);
        Service.Version version = version(service, release);
        Map<String, InetAddress> addresses = new LinkedHashMap<>();
        container
                .networks()
                .keySet()
                .forEach(network ->
                        addresses.put(network, networks.plan().container(network, service.name(), index, beside)));
        String first = addresses.keySet().stream().findFirst().orElse("");
        Optional<Made> host = neighbours.hostOf(service.name()).flatMap(joined);
        if (container.joinedTo().isPresent() && host.isEmpty()) {
            throw new EnvironmentException("'" + service.name()
                    + "' shares the network of a container that is not in the shadow, or does not run there");
        }
        Blueprint blueprint = Blueprint.of(
                container,
                image(service, version, container),
                version,
                settings(release),
                new Blueprint.Placement(
                        Map.of(Owner.LABEL, owner.toString()),
                        host.map(Made::id).orElse(""),
                        first.isEmpty() ? "" : networks.of(first).name(),
                        first.isEmpty() ? "" : networks.plan().links(first).getHostAddress(),
                        volumes.mounts(container)),
                limits);
        rewrites.put(service.name(), blueprint.rewrites());
        Made made = work.containers()
                .create(
                        new Mark(names.arm().toString(), "service." + service.name()),
                        names.next(service.name() + "-" + index),
                        blueprint.body(),
                        first.isEmpty()
                                ? JsonNodeFactory.instance.objectNode()
                                : networks.networking(first, at(addresses, first)));
        addresses.keySet().stream()
                .skip(1)
                .forEach(network -> work.networks()
                        .connect(networks.of(network), made, ArmNetworks.endpoint(at(addresses, network))));
        files(made, version);
        return new ContainerInstance(
                service.name(),
                index,
                beside,
                made,
                Map.copyOf(addresses),
                release,
                ContainerDigest.of(reading.container(made.id()), version),
                new AtomicBoolean(),
                new AtomicBoolean());
    }

    private static InetAddress at(Map<String, InetAddress> addresses, String network) {
        return java.util.Objects.requireNonNull(addresses.get(network));
    }

    /// The container of live that an instance is made like.
    private LiveContainer model(Service service, int index) {
        List<LiveContainer> containers = live.containers(service.name());
        return containers.get(Math.min(index, containers.size() - 1));
    }

    /// A version that is not declared is what live runs.
    static Service.Version version(Service service, Release release) {
        Service.Version declared = service.versions().get(release.version());
        return declared == null
                ? new Service.Version(release.version(), service.place(), List.of(), Map.of(), Optional.empty())
                : declared;
    }

    private JsonNode image(Service service, Service.Version version, LiveContainer container) {
        Optional<String> other = version.packaging().image();
        return other.isEmpty()
                ? container.image()
                : reading.imageIfThere(other.get())
                        .orElseThrow(() -> new EnvironmentException("version '" + version.name() + "' of '"
                                + service.name() + "' needs the image '" + other.get() + "', which "
                                + reading.address() + " does not have"));
    }

    /// Names of services mean in an arm what they mean in live, so that an address is a name and a port.
    private Map<String, String> settings(Release release) {
        Map<String, String> settings = new LinkedHashMap<>();
        release.settings().forEach((name, value) -> settings.put(name, resolved(value)));
        return settings;
    }

    String resolved(dev.understudy.scenario.Template template) {
        Topology topology = live.topology();
        return template.resolve(reference -> {
            if (reference.isEnvironment()) {
                return java.util.Objects.requireNonNullElse(System.getenv(reference.property()), "");
            }
            List<Integer> ports = DockerLinks.ports(topology.service(reference.of()));
            String port = ports.isEmpty() ? "0" : ports.getFirst().toString();
            return switch (reference.property()) {
                case "host" -> reference.of();
                case "port" -> port;
                default -> reference.of() + ":" + port;
            };
        });
    }

    private void files(Made made, Service.Version version) {
        version.packaging().files().forEach((path, file) -> {
            try {
                byte[] content = Files.readAllBytes(directory.resolve(file));
                work.containers()
                        .putArchive(
                                made, "/", new ByteArrayInputStream(TarStream.of(Map.of(path.substring(1), content))));
            } catch (IOException e) {
                throw new EnvironmentException("can't put " + file + " at " + path + ": " + e.getMessage(), e);
            }
        });
    }

    /// Runs a program to its end in a container of its own, made from the entry's image and in its place: as somebody
    /// outside whom the arm knows.
    ObjectNode visitor(List<String> command, Map<String, String> environment, String network) {
        LiveContainer entry = live.containers(live.topology().entry()).getFirst();
        ObjectNode body = Bodies.labelled(owner);
        body.put("Image", entry.image().path("Id").asString());
        body.putArray("Entrypoint").add(command.getFirst());
        var words = body.putArray("Cmd");
        command.stream().skip(1).forEach(words::add);
        var lines = body.putArray("Env");
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", networks.of(network).name());
        host.put("Memory", limits.memory()).put("MemorySwap", limits.memory());
        host.putArray("Dns").add(networks.plan().links(network).getHostAddress());
        return body;
    }

    /// What of a service's containers is other than in live, on purpose.
    List<Rewrite> rewrites(String service) {
        return rewrites.getOrDefault(service, List.of());
    }
}
