package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.agent.LinkAgent;
import dev.understudy.runtime.docker.agent.LinkAgentMain;
import dev.understudy.runtime.docker.agent.names.Sighting;
import dev.understudy.runtime.docker.clone.AddressPlan;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The container of one arm in which its links are: on each of the arm's networks, and on one more from which the tool
/// reaches it through a port of the engine's loopback. It forwards nothing but what its links pass on.
///
/// ```
///  tool ─ 127.0.0.1:port ─▶ agent ─┬─ links of network a ─▶ services
///                                  └─ links of network b ─▶ services
/// ```
final class LinkContainer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LINK_PREFIX = 23;
    private static final int NAMES_PORT = 53;
    private static final long MEMORY = 256L << 20;

    private final Made container;
    private final LinkAgent agent;

    private LinkContainer(Made container, LinkAgent agent) {
        this.container = container;
        this.agent = agent;
    }

    /// What it is made of, and who hears of what passes.
    ///
    /// @param program how our own programs are run
    /// @param outside the network from which the tool reaches it
    record Order(
            EngineWork work,
            EngineReading reading,
            ArmNames names,
            Owner owner,
            LinkProgram program,
            Made outside,
            LongSupplier clock,
            Consumer<LinkSample> samples,
            Consumer<Sighting> sightings) {}

    static LinkContainer start(Order order, ArmNetworks networks) {
        String token = UUID.randomUUID().toString();
        Made container = order.work()
                .containers()
                .create(
                        new Mark(order.names().arm().toString(), "links"),
                        order.names().of("links"),
                        body(order, token),
                        outside(order.outside()));
        AddressPlan plan = networks.plan();
        for (String live : networks.live()) {
            order.work().networks().connect(networks.of(live), container, ArmNetworks.endpoint(plan.links(live)));
        }
        order.work().containers().start(container);
        LinkAgent agent = LinkAgent.connect(
                control(order.reading(), container),
                token,
                order.names().arm(),
                order.clock(),
                order.samples(),
                order.sightings(),
                PATIENCE);
        List<InetSocketAddress> listening = new ArrayList<>();
        for (String live : networks.live()) {
            agent.makeLocal((Inet4Address) plan.linkRange(live), LINK_PREFIX);
            listening.add(new InetSocketAddress(plan.links(live), NAMES_PORT));
        }
        agent.serveNames(listening);
        return new LinkContainer(container, agent);
    }

    private static ObjectNode body(Order order, String token) {
        ObjectNode body = Bodies.labelled(order.owner());
        order.program().into(body, LinkAgentMain.class.getName(), List.of());
        body.putArray("Env").add(LinkAgentMain.TOKEN + "=" + token);
        body.putObject("ExposedPorts").putObject(LinkAgentMain.PORT + "/tcp");
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", order.outside().name()).put("Memory", MEMORY).put("MemorySwap", MEMORY);
        host.putArray("CapAdd").add("NET_ADMIN");
        host.putObject("Sysctls").put("net.ipv4.ip_forward", "0");
        host.putObject("PortBindings")
                .putArray(LinkAgentMain.PORT + "/tcp")
                .addObject()
                .put("HostIp", "127.0.0.1")
                .put("HostPort", "");
        return body;
    }

    private static ObjectNode outside(Made network) {
        ObjectNode networking = JsonNodeFactory.instance.objectNode();
        networking.putObject("EndpointsConfig").putObject(network.name());
        return networking;
    }

    private static InetSocketAddress control(EngineReading reading, Made container) {
        JsonNode inspect = reading.container(container.id());
        JsonNode binding = inspect.path("NetworkSettings")
                .path("Ports")
                .path(LinkAgentMain.PORT + "/tcp")
                .path(0);
        String port = binding.path("HostPort").asString("");
        if (port.isEmpty()) {
            throw new EnvironmentException(
                    "the link container " + container.name() + " does not run: " + reading.logs(container.id(), 20));
        }
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    LinkAgent agent() {
        return agent;
    }

    Made container() {
        return container;
    }
}
