package dev.understudy.mirror.tap;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Topology;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// What live's mirror needs to know.
///
/// @param service the mirrored service's name
/// @param at where users talk to; port 0 takes any free one
/// @param feed where runs subscribe; port 0 takes any free one
/// @param instances where the service's instances listen, used in turn
public record MirrorSettings(String service, Endpoint at, Endpoint feed, List<Endpoint> instances, Limits limits) {

    /// What the mirror holds at most.
    ///
    /// @param bodyBytes of one body; an exchange with a larger one isn't mirrored
    /// @param copiedBytes of all bodies of exchanges under way
    /// @param queueRecords waiting for one subscriber
    /// @param queueBytes waiting for one subscriber
    /// @param subscribers at one time
    public record Limits(int bodyBytes, long copiedBytes, int queueRecords, long queueBytes, int subscribers) {
        /// 256 KiB, 32 MiB, 20,000, 8 MiB, 8.
        public static final Limits USUAL = new Limits(256 << 10, 32L << 20, 20_000, 8L << 20, 8);
    }

    public MirrorSettings {
        instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("'" + service + "' listens nowhere, so it can't be mirrored");
        }
    }

    /// What whoever starts the mirror has to know: its feed shows live traffic. Empty if only this machine can
    /// reach the feed. A host whose name can't be looked up counts as reachable.
    public Optional<String> warning() {
        return isLoopback(feed.host())
                ? Optional.empty()
                : Optional.of("the feed at " + feed + " carries live traffic of '" + service
                        + "' and asks nobody who they are: anyone who reaches this port can read it. Maybe 127.0.0.1.");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// The mirror that a topology declares. @throws IllegalArgumentException if it declares none
    public static MirrorSettings of(Topology topology) {
        Topology.MirrorPoint point = topology.mirror()
                .orElseThrow(
                        () -> new IllegalArgumentException("topology '" + topology.name() + "' declares no mirror"));
        return new MirrorSettings(
                point.service(),
                point.at(),
                point.feed(),
                topology.service(point.service()).at(),
                Limits.USUAL);
    }
}
