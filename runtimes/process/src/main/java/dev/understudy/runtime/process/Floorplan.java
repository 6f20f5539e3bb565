package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The addresses inside one arm. In an enclosed arm every service keeps live's ports on its own loopback,
/// and every link has an
/// address of its own (`127.1.0.k`); in a watched arm both get free ports of the host.
///
/// A caller's `${callee.address}` is the address of *its own* link to the callee: that is how every
/// dependency passes a proxy.
final class Floorplan {
    private static final int FIRST_LINK_PORT = 21_000;

    private final Map<String, List<InetSocketAddress>> instances = new HashMap<>();
    private final Map<Link, InetSocketAddress> links = new HashMap<>();

    Floorplan(Topology topology, boolean enclosed) {
        for (Service service : topology.services().values()) {
            List<InetSocketAddress> own = new ArrayList<>();
            for (Endpoint endpoint : service.at()) {
                own.add(enclosed ? new InetSocketAddress("127.0.0.1", endpoint.port()) : free());
            }
            instances.put(service.name(), List.copyOf(own));
        }
        int number = 1;
        for (Link link : topology.links()) {
            links.put(link, enclosed ? inside(number) : free());
            number++;
        }
    }

    private static InetSocketAddress inside(int number) {
        return new InetSocketAddress("127.1." + number / 250 + "." + (number % 250 + 1), FIRST_LINK_PORT + number);
    }

    private static InetSocketAddress free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        } catch (IOException e) {
            throw new EnvironmentException("no free port on the loopback", e);
        }
    }

    List<InetSocketAddress> instances(String service) {
        return instances.getOrDefault(service, List.of());
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
        return template.resolve(reference -> {
            if (reference.isEnvironment()) {
                return environment(reference.property());
            }
            Link link = new Link(caller, reference.of());
            InetSocketAddress address = links.containsKey(link)
                    ? at(link)
                    : instances(reference.of()).isEmpty()
                            ? new InetSocketAddress("127.0.0.1", 0)
                            : instances(reference.of()).getFirst();
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
