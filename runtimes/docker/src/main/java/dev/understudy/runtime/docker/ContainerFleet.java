package dev.understudy.runtime.docker;

import dev.understudy.runtime.Arm.Deployed;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.replacing.Fleet;
import dev.understudy.runtime.replacing.Rollover;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Starts, ends and replaces the containers of one arm. Thread-safe as long as those who call it for one service
/// exclude
/// each other.
final class ContainerFleet {
    private static final int SHOWN_LINES = 40;

    private final EngineWork work;
    private final EngineReading reading;
    private final ContainerLauncher launcher;
    private final DockerLinks links;
    private final ContainerHealth health;
    private final Exits exits;
    private final Timeline timeline;
    private final Map<String, List<ContainerInstance>> running = new ConcurrentHashMap<>();

    ContainerFleet(
            EngineWork work,
            EngineReading reading,
            ContainerLauncher launcher,
            DockerLinks links,
            ContainerHealth health,
            Exits exits,
            Timeline timeline) {
        this.work = work;
        this.reading = reading;
        this.launcher = launcher;
        this.links = links;
        this.health = health;
        this.exits = exits;
        this.timeline = timeline;
    }

    /// What was started last of a service, whether it still runs or not.
    List<ContainerInstance> of(String service) {
        return running.getOrDefault(service, List.of());
    }

    Stream<ContainerInstance> all() {
        return running.values().stream().flatMap(List::stream);
    }

    /// Starts all instances of a service.
    List<ContainerInstance> launch(Service service, Release release) {
        List<ContainerInstance> instances = new ArrayList<>();
        for (int index = 0; index < service.instances(); index++) {
            instances.add(start(service, index, false, release));
        }
        running.put(service.name(), List.copyOf(instances));
        links.lead(service, instances);
        return instances;
    }

    private ContainerInstance start(Service service, int index, boolean beside, Release release) {
        ContainerInstance instance = launcher.start(service, index, beside, release, this::host);
        exits.watch(instance);
        if (!reading.container(instance.container().id())
                .path("State")
                .path("Running")
                .asBoolean(false)) {
            instance.over().set(true); // it ended before anybody listened
        }
        return instance;
    }

    private Optional<Made> host(String service) {
        return of(service).stream().map(ContainerInstance::container).findFirst();
    }

    /// Ends all instances of a service and removes them.
    void stop(Service service, List<ContainerInstance> instances) {
        List<Timeline.Fork<Boolean>> stopping = instances.stream()
                .map(instance -> timeline.fork("stop " + service.name(), () -> {
                    end(instance, service.stop().grace());
                    return true;
                }))
                .toList();
        stopping.forEach(Timeline.Fork::join);
    }

    private void end(ContainerInstance instance, Duration grace) {
        instance.ending().set(true);
        if (instance.isAlive()) {
            work.containers().stop(instance.container(), grace);
        }
        remove(instance);
    }

    private void remove(ContainerInstance instance) {
        instance.ending().set(true);
        work.containers().remove(instance.container());
        instance.over().set(true);
        exits.forget(instance);
    }

    /// Ends all and starts all, with `between` done while none runs.
    Deployed restart(Service service, Release release, Runnable between) {
        long began = timeline.now();
        stop(service, of(service.name()));
        long stopped = timeline.now();
        between.run();
        List<ContainerInstance> instances = launch(service, release);
        boolean healthy = health.await(service, instances);
        return new Deployed(
                healthy,
                Duration.ofNanos(stopped - began),
                Duration.ofNanos(timeline.now() - stopped),
                instances.getFirst().digest(),
                healthy ? "" : evidence(instances));
    }

    /// Replaces the instances, batch by batch if so asked.
    Deployed replace(Service service, Release release, Replacement how) {
        if (!Rollover.isBatched(service, how) || of(service.name()).isEmpty()) {
            return restart(service, release, () -> {});
        }
        if (how.isStartFirst() && service.isStateful()) {
            throw new IllegalArgumentException("service '" + service.name()
                    + "' can't be replaced start-first: two containers can't run on the data of one");
        }
        return new Rollover<>(new Containers(service, release), service, how).run();
    }

    /// Kills and removes all, eight at a time.
    void end() {
        List<Timeline.Fork<Boolean>> ending = all().map(instance -> timeline.fork("end " + instance.service(), () -> {
                    remove(instance);
                    return true;
                }))
                .toList();
        ending.forEach(Timeline.Fork::join);
        running.clear();
    }

    /// What is known of instances that are not healthy.
    String evidence(List<ContainerInstance> instances) {
        StringBuilder text = new StringBuilder();
        for (ContainerInstance instance : instances) {
            text.append("instance ")
                    .append(instance.index())
                    .append(instance.isAlive() ? " is not healthy" : " has ended");
            String output = reading.logs(instance.container().id(), SHOWN_LINES).strip();
            text.append(output.isEmpty() ? ", it printed nothing" : "; the end of its output:\n" + output);
        }
        return text.toString();
    }

    /// The containers of one service, on their way to `release`.
    private final class Containers implements Fleet<ContainerInstance> {
        private final Service service;
        private final Release release;

        private Containers(Service service, Release release) {
            this.service = service;
            this.release = release;
        }

        @Override
        public List<ContainerInstance> present() {
            return of(service.name());
        }

        @Override
        public void setPresent(List<ContainerInstance> instances) {
            running.put(service.name(), List.copyOf(instances));
        }

        @Override
        public int index(ContainerInstance instance) {
            return instance.index();
        }

        @Override
        public boolean isAlive(ContainerInstance instance) {
            return instance.isAlive();
        }

        @Override
        public String digest(ContainerInstance instance) {
            return instance.digest();
        }

        @Override
        public String place(ContainerInstance instance) {
            return instance.addresses().values().stream()
                    .map(address -> address.getHostAddress())
                    .findFirst()
                    .orElse("no address");
        }

        @Override
        public ContainerInstance start(ContainerInstance replaced, boolean beside) {
            return ContainerFleet.this.start(service, replaced.index(), beside != replaced.beside(), release);
        }

        @Override
        public void stop(List<ContainerInstance> instances) {
            ContainerFleet.this.stop(service, instances);
        }

        @Override
        public void lead(List<ContainerInstance> to) {
            links.lead(service, to);
        }

        @Override
        public void drain(List<ContainerInstance> instances) {
            timeline.await(
                    () -> !links.isUnderWayAt(service, instances),
                    timeline.now() + service.stop().grace().toNanos());
        }

        @Override
        public boolean awaitHealthy(List<ContainerInstance> instances) {
            return health.await(service, instances);
        }

        @Override
        public String evidence(List<ContainerInstance> instances) {
            return ContainerFleet.this.evidence(instances);
        }
    }
}
