package dev.understudy.runtime.docker.agent;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.net.InetSocketAddress;
import java.util.List;

/// A way from outside into an arm as the agent is to open it.
///
/// @param protocol on HTTP a caller that nobody takes gets a 502 of the way's own, otherwise a reset
/// @param measured whether its exchanges become samples
public record WayOrder(Link link, Protocol protocol, List<InetSocketAddress> targets, boolean measured) {
    public WayOrder {
        targets = List.copyOf(targets);
    }

    /// The link on which requests from outside reach a service.
    public static WayOrder measured(Link entering, Protocol protocol, List<InetSocketAddress> targets) {
        return new WayOrder(entering, protocol, targets, true);
    }

    /// A way past all links to one target, for questions that are nobody's traffic.
    public static WayOrder direct(Link entering, Protocol protocol, InetSocketAddress target) {
        return new WayOrder(entering, protocol, List.of(target), false);
    }
}
