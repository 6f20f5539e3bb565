package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.Topology;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The addresses inside one arm. In an enclosed arm every service keeps live's ports on its own loopback,
/// and every link has an
/// address of its own (`127.1.0.k`); in a watched arm both get free ports of the host.
///
/// A caller's `${callee.address}` is the address of *its own* link to the callee: that is how every
/// dependency passes a proxy.
final class Floorplan {
    private static final int FIRST_LINK_PORT = 21_000;
    private static final int FIRST_SPARE_PORT = 25_000;

    private final Map<String, List<InetSocketAddress>> instances = new HashMap<>();
    private final Map<String, List<InetSocketAddress>> present = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> spares = new ConcurrentHashMap<>();
    private final Map<Link, InetSocketAddress> links = new HashMap<>();
    private final IntSupplier sparePorts;

    private Floorplan(
            Topology topology,
            List<Link> linked,
            ToIntFunction<Endpoint> instancePort,
            IntFunction<InetSocketAddress> linkAddress,
            IntSupplier sparePorts) {
        this.sparePorts = sparePorts;
        for (Service service : topology.services().values()) {
            instances.put(
                    service.name(),
                    service.at().stream()
                            .map(endpoint -> new InetSocketAddress("127.0.0.1", instancePort.applyAsInt(endpoint)))
                            .toList());
        }
        int number = 1;
        for (Link link : linked) {
            links.put(link, linkAddress.apply(number));
            number++;
        }
    }

    /// For an arm with a loopback of its own.
    static Floorplan enclosed(Topology topology) {
        Set<Integer> taken = topology.services().values().stream()
                .flatMap(service -> service.at().stream())
                .map(Endpoint::port)
                .collect(Collectors.toSet());
        PrimitiveIterator.OfInt spare = IntStream.iterate(FIRST_SPARE_PORT, port -> port + 1)
                .filter(port -> !taken.contains(port))
                .iterator();
        return new Floorplan(topology, topology.links(), Endpoint::port, Floorplan::inside, () -> {
            synchronized (spare) {
                return spare.nextInt();
            }
        });
    }

    /// For an arm that shares the host's loopback with live.
    static Floorplan beside(Topology topology, FreePorts ports) {
        return new Floorplan(
                topology,
                topology.links(),
                _ -> ports.next(),
                _ -> new InetSocketAddress("127.0.0.1", ports.next()),
                ports::next);
    }

    /// For processes on the host's loopback without links: all see each other directly.
    static Floorplan direct(Topology topology, FreePorts ports) {
        return new Floorplan(topology, List.of(), _ -> ports.next(), Floorplan::inside, ports::next);
    }

    private static InetSocketAddress inside(int number) {
        return new InetSocketAddress("127.1." + number / 250 + "." + (number % 250 + 1), FIRST_LINK_PORT + number);
    }

    List<InetSocketAddress> instances(String service) {
        return instances.getOrDefault(service, List.of());
    }

    /// Where an instance of `service` is at first; empty if it listens nowhere.
    Optional<InetSocketAddress> home(String service, int index) {
        List<InetSocketAddress> at = instances(service);
        return at.isEmpty() ? Optional.empty() : Optional.of(at.get(index));
    }

    /// Where an instance of `service` can be started while another is at `taken`: the place that is its own, or the
    /// one that is kept for such times.
    InetSocketAddress beside(String service, int index, InetSocketAddress taken) {
        InetSocketAddress home = instances(service).get(index);
        return home.equals(taken)
                ? spares.computeIfAbsent(home, _ -> new InetSocketAddress("127.0.0.1", sparePorts.getAsInt()))
                : home;
    }

    /// Says where those instances are that take requests.
    void note(String service, List<InetSocketAddress> at) {
        present.put(service, List.copyOf(at));
    }

    /// Where a service that is called without a link is reached.
    private InetSocketAddress present(String service) {
        List<InetSocketAddress> at = present.getOrDefault(service, instances(service));
        return at.isEmpty() ? new InetSocketAddress("127.0.0.1", 0) : at.getFirst();
    }

    InetSocketAddress at(Link link) {
        InetSocketAddress found = links.get(link);
        if (found == null) {
            throw new IllegalArgumentException("no link " + link);
        }
        return found;
    }

    /// The text with the references as `caller` sees them; services it has no link to are seen directly.
    String resolve(Template template, String caller) {
        return resolve(template, caller, present(caller));
    }

    /// The same for an instance that is itself at `own`.
    String resolve(Template template, String caller, InetSocketAddress own) {
        return template.resolve(reference -> {
            if (reference.isEnvironment()) {
                return environment(reference.property());
            }
            Link link = new Link(caller, reference.of());
            InetSocketAddress address =
                    links.containsKey(link) ? at(link) : reference.of().equals(caller) ? own : present(reference.of());
            return property(reference.property(), address.getAddress().getHostAddress(), address.getPort());
        });
    }

    /// The text with the references as they are in live.
    static String resolveInLive(Template template, Topology topology) {
        return template.resolve(reference -> {
            if (reference.isEnvironment()) {
                return environment(reference.property());
            }
            List<Endpoint> at = topology.service(reference.of()).at();
            Endpoint endpoint = at.isEmpty() ? new Endpoint("127.0.0.1", 0) : at.getFirst();
            return property(reference.property(), endpoint.host(), endpoint.port());
        });
    }

    private static String environment(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new EnvironmentException(
                    "the environment has no variable '" + variable + "', which ${env." + variable + "} asks for");
        }
        return value;
    }

    private static String property(String property, String host, int port) {
        return switch (property) {
            case "host" -> host;
            case "port" -> Integer.toString(port);
            default -> host + ":" + port;
        };
    }
}
