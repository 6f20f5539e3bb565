package dev.understudy.runtime.docker;

import dev.understudy.runtime.Release;
import dev.understudy.runtime.docker.engine.Made;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One container of a service in an arm. Started once, ended once; thread-safe.
///
/// @param beside whether it is at the second of the two addresses of its place
/// @param addresses by live's network; empty if it shares another's
/// @param digest what it runs
/// @param ending whether somebody asked it to end
/// @param over whether its program has ended
record ContainerInstance(
        String service,
        int index,
        boolean beside,
        Made container,
        Map<String, InetAddress> addresses,
        Release release,
        String digest,
        AtomicBoolean ending,
        AtomicBoolean over) {
    private static final int SHORT_ID = 12;

    /// What tells it from another container.
    String mark() {
        return container.id().substring(0, Math.min(SHORT_ID, container.id().length())) + "@" + container.createdAt();
    }

    boolean isAlive() {
        return !over.get();
    }

    /// Where it is on one of live's networks.
    Optional<InetAddress> at(String network) {
        return Optional.ofNullable(addresses.get(network));
    }
}
