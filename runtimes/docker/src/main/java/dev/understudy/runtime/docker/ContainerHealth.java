package dev.understudy.runtime.docker;

import dev.understudy.links.entry.ArmHttp;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.agent.LinkAgent;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.scenario.Service;
import dev.understudy.store.postgres.PostgresServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whether instances are ready: what the topology says, else what the container's own check says, else that its port
/// accepts. Thread-safe.
final class ContainerHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final long REMEMBERED_NANOS = 200_000_000;

    private final DockerLive live;
    private final DockerLinks links;
    private final LinkAgent agent;
    private final ArmHttp http;
    private final EngineReading reading;
    private final Timeline timeline;
    private final Map<ContainerInstance, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(boolean healthy, long at) {}

    ContainerHealth(
            DockerLive live,
            DockerLinks links,
            LinkAgent agent,
            ArmHttp http,
            EngineReading reading,
            Timeline timeline) {
        this.live = live;
        this.links = links;
        this.agent = agent;
        this.http = http;
        this.reading = reading;
        this.timeline = timeline;
    }

    /// Waits until all are ready, one has ended, or the service's time is up.
    boolean await(Service service, List<ContainerInstance> instances) {
        Duration within = service.health().map(Service.Health::within).orElse(USUAL);
        long deadline = timeline.now() + within.toNanos();
        while (timeline.now() < deadline) {
            if (instances.stream().anyMatch(instance -> !instance.isAlive())) {
                return false;
            }
            if (instances.stream().allMatch(instance -> look(service, instance))) {
                return true;
            }
            timeline.sleep(GLANCE);
        }
        return false;
    }

    /// Whether it is ready now, or was a moment ago.
    boolean isHealthy(Service service, ContainerInstance instance) {
        Seen last = seen.get(instance);
        if (last != null && timeline.now() - last.at() < REMEMBERED_NANOS) {
            return last.healthy();
        }
        seen.keySet().removeIf(known -> !known.isAlive());
        return look(service, instance);
    }

    private boolean look(Service service, ContainerInstance instance) {
        boolean healthy = instance.isAlive() && probe(service, instance);
        seen.put(instance, new Seen(healthy, timeline.now()));
        return healthy;
    }

    private boolean probe(Service service, ContainerInstance instance) {
        List<Integer> ports = DockerLinks.ports(service);
        Optional<InetSocketAddress> at =
                ports.isEmpty() ? Optional.empty() : links.target(service, instance, ports.getFirst());
        if (service.kind() == Service.Kind.POSTGRES) {
            return at.filter(target -> agent.accepts(target, PATIENCE)).isPresent()
                    && PostgresServer.ready(login(service, instance), PATIENCE);
        }
        Optional<String> path = service.health().flatMap(Service.Health::http);
        if (path.isPresent()) {
            int status = at.filter(target -> agent.accepts(target, PATIENCE))
                    .map(_ -> http.exchange(links.direct(instance), Request.get(service.name(), path.get()), PATIENCE)
                            .status())
                    .orElse(0);
            return status >= 200 && status < 300;
        }
        return checks(service)
                ? ownCheck(instance)
                : at.map(target -> agent.accepts(target, PATIENCE)).orElse(true);
    }

    private dev.understudy.store.postgres.Login login(Service service, ContainerInstance instance) {
        return new Logins(service, live.containers(service.name()).getFirst()).at(links.direct(instance));
    }

    private boolean checks(Service service) {
        return live.containers(service.name()).stream()
                .anyMatch(container -> container.health().isPresent());
    }

    private boolean ownCheck(ContainerInstance instance) {
        return reading.containerIfThere(instance.container().id())
                .map(inspect -> new LiveContainer(instance.service(), instance.index(), inspect, inspect))
                .flatMap(LiveContainer::health)
                .filter("healthy"::equals)
                .isPresent();
    }
}
