package dev.understudy.runtime.docker.agent;

import dev.understudy.links.LinkCounts;
import dev.understudy.links.LinkLoop;
import dev.understudy.links.LinkProxy;
import dev.understudy.links.LinkSpec;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A link or a way in as the agent holds it: the proxy that is measured, and one for each other port of the
/// same callee, which are disturbed and counted with it. Thread-safe.
final class OpenLink {
    /// The port under which a way in is led elsewhere: it listens nowhere.
    static final int WAY = 0;

    private final Link link;
    private final int measuredPort;
    private final LinkProxy measured;
    private final Map<Integer, LinkProxy> ports;

    private OpenLink(Link link, int measuredPort, LinkProxy measured, Map<Integer, LinkProxy> ports) {
        this.link = link;
        this.measuredPort = measuredPort;
        this.measured = measured;
        this.ports = ports;
    }

    /// @throws EnvironmentException if it can't listen on every port; it then does on none
    static OpenLink listen(LinkLoop loop, ArmName arm, LinkOrder order, Consumer<LinkSample> samples) {
        Map<Integer, LinkProxy> ports = new LinkedHashMap<>();
        try {
            int first = order.measuredPort();
            LinkProxy measured = loop.listen(spec(arm, order, first, order.protocol(), samples));
            ports.put(first, measured);
            for (int port : order.ports().keySet()) {
                if (port != first) {
                    ports.put(port, loop.listen(spec(arm, order, port, Protocol.TCP, _ -> {})));
                }
            }
            return new OpenLink(order.link(), first, measured, Map.copyOf(ports));
        } catch (EnvironmentException e) {
            ports.values().forEach(LinkProxy::close);
            throw e;
        }
    }

    static OpenLink entrance(LinkLoop loop, ArmName arm, WayOrder order, Consumer<LinkSample> samples) {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        LinkProxy proxy = loop.entrance(new LinkSpec(
                order.link(), arm, order.protocol(), nowhere, order.targets(), order.measured() ? samples : _ -> {}));
        return new OpenLink(order.link(), WAY, proxy, Map.of(WAY, proxy));
    }

    private static LinkSpec spec(
            ArmName arm, LinkOrder order, int port, Protocol protocol, Consumer<LinkSample> samples) {
        List<InetSocketAddress> targets =
                order.refusing() ? List.of() : order.ports().getOrDefault(port, List.of());
        return new LinkSpec(order.link(), arm, protocol, new InetSocketAddress(order.at(), port), targets, samples);
    }

    /// The proxy that takes callers of a way in.
    LinkProxy measured() {
        return measured;
    }

    /// Requests exist on the measured port alone; whatever speaks of them leaves the others as they are.
    void disturb(String id, Disturbance disturbance) {
        measured.disturb(id, disturbance);
        boolean everywhere = disturbance instanceof Disturbance.Delay || disturbance instanceof Disturbance.Refuse;
        ports.forEach((port, proxy) -> {
            if (port != measuredPort && everywhere) {
                proxy.disturb(id, disturbance);
            } else if (port != measuredPort) {
                proxy.calm(id);
            }
        });
    }

    /// @throws EnvironmentException if one can't listen again; it may be tried again
    void calm(String id) {
        ports.forEach((port, proxy) -> {
            if (port != measuredPort) {
                proxy.calm(id);
            }
        });
        measured.calm(id);
    }

    Map<String, Disturbance> disturbances() {
        return measured.disturbances();
    }

    LinkCounts counts() {
        LinkCounts sum = new LinkCounts(0, 0, 0, 0, 0, 0, 0);
        for (LinkProxy proxy : ports.values()) {
            sum = sum(sum, proxy.counts());
        }
        return sum;
    }

    private static LinkCounts sum(LinkCounts one, LinkCounts other) {
        return new LinkCounts(
                one.connections() + other.connections(),
                one.open() + other.open(),
                one.refused() + other.refused(),
                one.malformed() + other.malformed(),
                one.bytesFromClient() + other.bytesFromClient(),
                one.bytesToServer() + other.bytesToServer(),
                one.bytesToClient() + other.bytesToClient());
    }

    /// @throws IllegalArgumentException if it has no such port
    LinkProxy at(int port) {
        LinkProxy proxy = ports.get(port);
        if (proxy == null) {
            throw new IllegalArgumentException("link " + link + " has no port " + port + ", it has "
                    + ports.keySet().stream().sorted().toList());
        }
        return proxy;
    }

    void setPatient(boolean patient) {
        ports.values().forEach(proxy -> proxy.setPatient(patient));
    }

    boolean isUnderWayAt(List<InetSocketAddress> instances) {
        return measured.isUnderWayAt(instances);
    }

    void close() {
        ports.values().forEach(LinkProxy::close);
    }
}
