package dev.understudy.runtime.docker.agent;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A link as the agent is to open it: one address, on which it listens at each port that its callee has.
///
/// @param protocol what is spoken on the measured port; the others are passed on as TCP
/// @param at one address of the agent's own
/// @param measuredPort whose exchanges become samples; the others are disturbed and counted alike
/// @param ports where each port leads to; without targets every caller is turned away
/// @param refusing the callee is off: every port turns callers away, whatever targets it has
public record LinkOrder(
        Link link,
        Protocol protocol,
        InetAddress at,
        int measuredPort,
        Map<Integer, List<InetSocketAddress>> ports,
        boolean refusing) {
    public LinkOrder {
        TreeMap<Integer, List<InetSocketAddress>> sorted = new TreeMap<>();
        ports.forEach((port, targets) -> sorted.put(port, List.copyOf(targets)));
        ports = Collections.unmodifiableMap(sorted);
        if (!ports.containsKey(measuredPort)) {
            throw new IllegalArgumentException(
                    "link " + link + " can't be measured on port " + measuredPort + ", it has " + ports.keySet());
        }
        for (int port : ports.keySet()) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("link " + link + ": there is no port " + port);
            }
        }
    }
}
