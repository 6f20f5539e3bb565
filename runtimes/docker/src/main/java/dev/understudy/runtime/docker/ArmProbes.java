package dev.understudy.runtime.docker;

import dev.understudy.runtime.Arm.Execution;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow.Probe;
import dev.understudy.runtime.docker.agent.LinkAgentMain;
import dev.understudy.runtime.docker.agent.probe.Attempt;
import dev.understudy.runtime.docker.agent.probe.ProbeMain;
import dev.understudy.runtime.docker.agent.probe.Probing;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tries to get out of an arm in every way that could harm live, from a container that is placed as its services' are:
/// live's containers, the ports that live publishes, gateways, the host at each of its addresses, the outside.
final class ArmProbes {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final int SSH = 22;
    private static final int HTTP = 80;
    private static final String METADATA = "169.254.169.254";
    private static final String OUTSIDE_NAME = "example.com";

    private final ArmRooms rooms;
    private final Visitors visitors;
    private final LinkProgram program;

    ArmProbes(ArmRooms rooms, Visitors visitors, LinkProgram program) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.program = program;
    }

    /// All attempts, each with its evidence.
    /// @throws EnvironmentException if they could not be made
    List<Probe> run() {
        List<Attempt> attempts = new ArrayList<>(Attempt.everywhere());
        attempts.add(Attempt.resolve(OUTSIDE_NAME, List.of()));
        attempts.add(Attempt.connect("the cloud's metadata", at(METADATA, HTTP)));
        live(attempts);
        published(attempts);
        gateways(attempts);
        host(attempts);
        linkContainer(attempts);
        List<Probe> probes = made(attempts, SHORT);
        return probes.stream().anyMatch(ArmProbes::isUndecided) ? made(attempts, LONG) : probes;
    }

    /// On a busy machine a moment may be too short to tell anything.
    private static boolean isUndecided(Probe probe) {
        return !probe.held() && probe.evidence().startsWith("nothing within");
    }

    private List<Probe> made(List<Attempt> attempts, Duration within) {
        Execution said = visitors.execute(
                List.of("probe"),
                network -> {
                    ObjectNode body = Visitors.empty(rooms.owner());
                    body.putArray("Env").add(ProbeMain.MILLIS + "=" + within.toMillis());
                    program.into(body, ProbeMain.class.getName(), Probing.arguments(attempts));
                    ObjectNode host = (ObjectNode) body.path("HostConfig");
                    host.put("NetworkMode", rooms.networks().of(network).name());
                    host.putArray("Dns")
                            .add(rooms.networks().plan().links(network).getHostAddress());
                    return body;
                },
                LONGEST);
        if (!said.succeeded()) {
            throw new EnvironmentException(
                    "the probes of the " + rooms.names().arm() + " arm could not be run: " + said.output());
        }
        return Probing.probes(rooms.names().arm(), attempts, said.output());
    }

    private void live(List<Attempt> attempts) {
        for (Service service : rooms.live().topology().services().values()) {
            for (LiveContainer container : rooms.live().containers(service.name())) {
                container.networks().values().forEach(endpoint -> {
                    String address = endpoint.path("IPAddress").asString("");
                    if (!address.isEmpty()) {
                        DockerLinks.ports(service)
                                .forEach(port ->
                                        attempts.add(Attempt.connect("live " + container.name(), at(address, port))));
                    }
                });
            }
        }
    }

    private void published(List<Attempt> attempts) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (Service service : rooms.live().topology().services().values()) {
            rooms.live()
                    .containers(service.name())
                    .forEach(container -> container
                            .inspect()
                            .path("NetworkSettings")
                            .path("Ports")
                            .forEach(bindings -> bindings.forEach(binding -> ports.add(
                                    Integer.parseInt(binding.path("HostPort").asString("0"))))));
        }
        rooms.live().topology().mirror().ifPresent(mirror -> {
            ports.add(mirror.at().port());
            ports.add(mirror.feed().port());
        });
        ports.remove(0);
        for (String address : hostAddresses()) {
            ports.forEach(port ->
                    attempts.add(Attempt.connect("what live publishes at the host's " + address, at(address, port))));
        }
        rooms.live().topology().services().values().stream()
                .flatMap(service -> service.at().stream())
                .filter(endpoint -> endpoint.host().matches("[0-9.]+"))
                .map(Endpoint::port)
                .forEach(port -> attempts.add(Attempt.connect("live at its own loopback", at("127.0.0.1", port))));
    }

    private void gateways(List<Attempt> attempts) {
        for (String network : rooms.networks().live()) {
            String own = rooms.networks().plan().gateway(network).getHostAddress();
            attempts.add(Attempt.reach("the host at the gateway of " + network, at(own, SSH)));
        }
        EngineReading engine = rooms.reading();
        for (JsonNode network : engine.networks(java.util.Map.of("driver", List.of("bridge")))) {
            for (JsonNode config : network.path("IPAM").path("Config")) {
                String gateway = config.path("Gateway").asString("");
                boolean ours = network.path("Labels").has(dev.understudy.runtime.docker.engine.Mark.RUN);
                if (gateway.matches("[0-9.]+") && !ours) {
                    attempts.add(Attempt.reach(
                            "the host at the gateway of " + network.path("Name").asString(), at(gateway, SSH)));
                }
            }
        }
    }

    private static void host(List<Attempt> attempts) {
        hostAddresses().forEach(address -> attempts.add(Attempt.reach("the host at " + address, at(address, SSH))));
    }

    /// What an arm may reach of its link container are links and names, not its control.
    private void linkContainer(List<Attempt> attempts) {
        rooms.reading()
                .container(rooms.links().container().id())
                .path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(network -> {
                    String address = network.getValue().path("IPAddress").asString("");
                    if (network.getKey().endsWith("-outside") && !address.isEmpty()) {
                        attempts.add(Attempt.reach(
                                "the link container from its other side", at(address, LinkAgentMain.PORT)));
                    }
                });
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    private static List<String> hostAddresses() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }
}
