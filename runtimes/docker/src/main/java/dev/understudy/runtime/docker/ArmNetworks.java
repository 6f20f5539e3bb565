package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.clone.AddressPlan;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The networks of one arm, one for each of live's. Without a route out, and without a gateway: an internal network of
/// Docker's still reaches every service of the host at the gateway's address, unless that is not given to anybody
/// (`com.docker.network.bridge.inhibit_ipv4`). Immutable once made.
final class ArmNetworks {
    private final AddressPlan plan;
    private final Map<String, Made> made = new LinkedHashMap<>();

    private ArmNetworks(AddressPlan plan) {
        this.plan = plan;
    }

    static ArmNetworks make(EngineWork engine, ArmNames names, Owner owner, AddressPlan plan) {
        ArmNetworks networks = new ArmNetworks(plan);
        for (String live : plan.networks().keySet().stream().sorted().toList()) {
            ObjectNode body = Bodies.labelled(owner);
            body.put("Driver", "bridge").put("Internal", true).put("EnableIPv6", false);
            body.putObject("Options").put("com.docker.network.bridge.inhibit_ipv4", "true");
            body.putObject("IPAM")
                    .put("Driver", "default")
                    .putArray("Config")
                    .addObject()
                    .put("Subnet", plan.subnet(live).toString())
                    .put("Gateway", plan.gateway(live).getHostAddress());
            networks.made.put(
                    live,
                    engine.networks()
                            .create(new Mark(names.arm().toString(), "network"), names.of("net-" + live), body));
        }
        return networks;
    }

    AddressPlan plan() {
        return plan;
    }

    /// Live's networks, in the order in which a container is put on them.
    List<String> live() {
        return List.copyOf(made.keySet());
    }

    /// What stands for one of live's networks.
    Made of(String live) {
        Made network = made.get(live);
        if (network == null) {
            throw new IllegalArgumentException("the arm has no network '" + live + "'");
        }
        return network;
    }

    /// How a container is put on a network at an address.
    static ObjectNode endpoint(InetAddress address) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        endpoint.putObject("IPAMConfig").put("IPv4Address", address.getHostAddress());
        return endpoint;
    }

    /// How a container is made on that network, at that address.
    ObjectNode networking(String live, InetAddress address) {
        ObjectNode networking = JsonNodeFactory.instance.objectNode();
        networking.putObject("EndpointsConfig").set(of(live).name(), endpoint(address));
        return networking;
    }
}
