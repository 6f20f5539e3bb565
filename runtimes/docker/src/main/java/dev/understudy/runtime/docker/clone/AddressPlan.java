package dev.understudy.runtime.docker.clone;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The addresses of one arm: a network for each of live's that its services are on, and on it the gateway (which
/// answers
/// nobody), the link container, the services' containers, and the links. Thread-safe.
///
/// ```
///  .0.1 gateway  .0.2 link container  .0.8 … 1.255 containers, two addresses each  .2.2 … .3.254 links
/// ```
/// A container has two addresses so that its successor can be started beside it.
public final class AddressPlan {
    /// The upper half of a network, where links listen; a netmask of [#LINK_MASK] around it.
    public static final int LINKS = 512;

    /// The netmask of the upper half.
    public static final String LINK_MASK = "255.255.254.0";

    private static final int GATEWAY = 1;
    private static final int LINK_CONTAINER = 2;
    private static final int FIRST_VISITOR = 3;
    private static final int VISITORS = 5;
    private static final int FIRST_CONTAINER = 8;

    private final Map<String, Subnet> networks = new TreeMap<>();
    private final Map<String, Integer> containers = new LinkedHashMap<>();
    private final Map<String, Integer> links = new HashMap<>();
    private int visitors;

    /// @param live the names of live's networks
    public AddressPlan(List<String> live, FreeSubnets free) {
        live.forEach(network -> networks.put(network, free.take()));
    }

    /// Live's networks and what stands for each.
    public Map<String, Subnet> networks() {
        return Map.copyOf(networks);
    }

    /// What stands for one of live's networks.
    public Subnet subnet(String network) {
        Subnet subnet = networks.get(network);
        if (subnet == null) {
            throw new IllegalArgumentException("the arm has no network '" + network + "'");
        }
        return subnet;
    }

    /// The gateway, which is given no address on the host.
    public InetAddress gateway(String network) {
        return subnet(network).address(GATEWAY);
    }

    /// The link container, which answers questions for names there.
    public InetAddress links(String network) {
        return subnet(network).address(LINK_CONTAINER);
    }

    /// The first address of the links' half.
    public InetAddress linkRange(String network) {
        return subnet(network).address(LINKS + 1);
    }

    /// Of an instance, at its usual place or beside it.
    public synchronized InetAddress container(String network, String service, int index, boolean beside) {
        int place = containers.computeIfAbsent(service + "#" + index, _ -> containers.size());
        return subnet(network).address(FIRST_CONTAINER + 2 * place + (beside ? 1 : 0));
    }

    /// Of a container that comes and goes.
    public synchronized InetAddress visitor(String network) {
        visitors = (visitors + 1) % VISITORS;
        return subnet(network).address(FIRST_VISITOR + visitors);
    }

    /// Of a link, by whatever names it.
    public synchronized InetAddress link(String network, String name) {
        int place = links.computeIfAbsent(name, _ -> links.size());
        return subnet(network).address(LINKS + 2 + place);
    }
}
