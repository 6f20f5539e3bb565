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

    /// Ends all at once, with everything they started, and forgets them.
    ///
    /// Inside enforced walls whatever is there goes with them, the shared memory of a database too. Elsewhere a
    /// database is asked to end and gives that back itself, after everything that may be connected to it has gone.
    void end(Enclosure walls) {
        List<Service> services =
                started.keySet().stream().map(topology::service).toList();
        if (walls.isEnforced()) {
            List<Instance> all = started.values().stream().flatMap(List::stream).toList();
            all.forEach(Instance::expectEnd);
            endInhabitants(walls);
            all.forEach(Instance::end);
        } else {
            services.stream()
                    .filter(service -> service.kind() != Service.Kind.POSTGRES)
                    .flatMap(service -> of(service.name()).stream())
                    .forEach(Instance::end);
            services.stream()
                    .filter(service -> service.kind() == Service.Kind.POSTGRES)
                    .forEach(service -> of(service.name())
                            .forEach(instance -> instance.stop(service.stop().grace())));
            endInhabitants(walls);
        }
        started.clear();
    }

    /// Again, for what a dying process started while others were being ended.
    private static void endInhabitants(Enclosure walls) {
        List<ProcessHandle> left = walls.inhabitants();
        for (int times = 0; times < 3 && !left.isEmpty(); times++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left = walls.inhabitants();
        }
    }
}
