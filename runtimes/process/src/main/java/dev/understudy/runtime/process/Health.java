package dev.understudy.runtime.process;

import dev.understudy.links.entry.ArmHttp;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Service;
import dev.understudy.store.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Whether instances are ready: a `GET` that answers 2xx, an accepting port, or a database that answers.
/// Thread-safe.
final class Health {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long GLANCE_NANOS = 25_000_000;
    private static final long REMEMBERED_NANOS = 200_000_000;

    private final ArmLinks links;
    private final ArmHttp http;
    private final Enclosure walls;
    private final Map<Instance, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(boolean healthy, long at) {}

    Health(ArmLinks links, ArmHttp http, Enclosure walls) {
        this.links = links;
        this.http = http;
        this.walls = walls;
    }

    /// Waits until all are ready, one has ended, or the service's time is up.
    boolean await(Service service, List<Instance> instances) {
        Duration within = service.health().map(Service.Health::within).orElse(Duration.ofSeconds(30));
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline) {
            if (instances.stream().anyMatch(instance -> !instance.isAlive())) {
                return false;
            }
            if (instances.stream().allMatch(instance -> isListening(instance) && look(service, instance))) {
                return true;
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
        return false;
    }

    /// Whether it is ready now, or was a moment ago.
    boolean isHealthy(Service service, Instance instance) {
        Seen last = seen.get(instance);
        if (last != null && System.nanoTime() - last.at() < REMEMBERED_NANOS) {
            return last.healthy();
        }
        seen.keySet().removeIf(known -> !known.isAlive());
        return look(service, instance);
    }

    private boolean look(Service service, Instance instance) {
        boolean healthy = instance.isAlive() && probe(service, instance);
        seen.put(instance, new Seen(healthy, System.nanoTime()));
        return healthy;
    }

    private boolean probe(Service service, Instance instance) {
        if (service.kind() == Service.Kind.POSTGRES) {
            return service.database()
                    .map(database -> PostgresServer.ready(
                            ArmData.login(database, "127.0.0.1", links.ingress(service.name())), PATIENCE))
                    .orElse(false);
        }
        Optional<InetSocketAddress> listens = instance.at();
        if (listens.isEmpty()) {
            return true;
        }
        InetSocketAddress at = listens.get();
        Optional<String> path = service.health().flatMap(Service.Health::http);
        if (path.isPresent() && links.leadStraightTo(service.name(), at)) {
            int status = http.exchange(links.ingress(service.name()), Request.get(service.name(), path.get()), PATIENCE)
                    .status();
            return status >= 200 && status < 300;
        }
        return walls.inside(
                () -> path.map(wanted -> PlainGet.answers2xx(at, wanted)).orElseGet(() -> accepts(at)));
    }

    /// Whether asking makes sense: most of the time a service takes to start it doesn't even listen, and a
    /// connection that is refused costs a hundredth of a question that is.
    private boolean isListening(Instance instance) {
        return instance.at().map(at -> walls.inside(() -> accepts(at))).orElse(true);
    }

    private static boolean accepts(InetSocketAddress at) {
        try (Socket socket = new Socket()) {
            socket.connect(at, 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
