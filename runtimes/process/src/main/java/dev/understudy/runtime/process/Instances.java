package dev.understudy.runtime.process;

import dev.understudy.scenario.Service;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What was started last of each service of one arm, whether it still runs or not. Thread-safe.
final class Instances {
    private final Topology topology;
    private final Map<String, List<Instance>> started = new ConcurrentHashMap<>();

    Instances(Topology topology) {
        this.topology = topology;
    }

    /// In place of those of that service before.
    void replace(String service, List<Instance> instances) {
        started.put(service, List.copyOf(instances));
    }

    List<Instance> of(String service) {
        return started.getOrDefault(service, List.of());
    }

    Stream<Instance> alive() {
        return started.values().stream().flatMap(List::stream).filter(Instance::isAlive);
    }

    /// Ends all at once, and forgets them.
    ///
    /// @param walled whether the shared memory of a database goes with its walls. If not, the database is asked to
    ///     end and gives it back itself, after everything that may be connected to it has gone.
    void end(boolean walled) {
        List<Service> services =
                started.keySet().stream().map(topology::service).toList();
        services.stream()
                .filter(service -> walled || service.kind() != Service.Kind.POSTGRES)
                .flatMap(service -> of(service.name()).stream())
                .forEach(Instance::end);
        services.stream()
                .filter(service -> !walled && service.kind() == Service.Kind.POSTGRES)
                .forEach(service -> of(service.name())
                        .forEach(instance -> instance.stop(service.stop().grace())));
        started.clear();
    }
}
