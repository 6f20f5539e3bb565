package dev.understudy.runtime.process;

import dev.understudy.runtime.Arm.Deployed;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.replacing.Fleet;
import dev.understudy.runtime.replacing.Rollover;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Service;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Starts, ends and replaces the instances of one arm's services. Thread-safe as long as those who call it for one
/// service exclude each other.
///
/// An instance that is started beside the one it replaces can't have its port: it gets another in `PORT`, and the
/// links lead there as soon as it is healthy. The next time it is the other way round.
final class Deployer {
    private final Floorplan plan;
    private final ArmLinks links;
    private final Launcher launcher;
    private final Health health;
    private final Instances running;
    private final Timeline timeline;
    private final Exits exits;

    /// Who is told that an instance ended by itself.
    interface Exits {
        void exited(String service, int index, int code);
    }

    Deployer(
            Floorplan plan,
            ArmLinks links,
            Launcher launcher,
            Health health,
            Instances running,
            Timeline timeline,
            Exits exits) {
        this.plan = plan;
        this.links = links;
        this.launcher = launcher;
        this.health = health;
        this.running = running;
        this.timeline = timeline;
        this.exits = exits;
    }

    /// Starts all instances where live's are. `exitCounts` says of an end whether anybody is to be told.
    List<Instance> launch(Service service, Release release, BooleanSupplier exitCounts) {
        List<Instance> instances = new ArrayList<>();
        for (int index = 0; index < service.instances(); index++) {
            instances.add(start(service, index, plan.home(service.name(), index), release, exitCounts));
        }
        running.replace(service.name(), instances);
        lead(service, instances);
        return instances;
    }

    /// Ends all instances.
    void stop(Service service) {
        stop(service, running.of(service.name()));
    }

    /// Ends all and starts all, with `between` done while none runs.
    Deployed restart(Service service, Release release, Runnable between) {
        long began = System.nanoTime();
        stop(service);
        long stopped = System.nanoTime();
        between.run();
        List<Instance> instances = launch(service, release, () -> true);
        boolean healthy = health.await(service, instances);
        return new Deployed(
                healthy,
                Duration.ofNanos(stopped - began),
                Duration.ofNanos(System.nanoTime() - stopped),
                instances.getFirst().digest(),
                healthy ? "" : evidence(instances));
    }

    /// Replaces the instances batch by batch.
    Deployed replace(Service service, Release release, Replacement how) {
        if (!Rollover.isBatched(service, how) || running.of(service.name()).isEmpty()) {
            return restart(service, release, () -> {});
        }
        if (how.isStartFirst() && service.kind() != Service.Kind.PROCESS) {
            throw new IllegalArgumentException("service '" + service.name()
                    + "' can't be replaced start-first: two servers can't run on the data of one database");
        }
        return new Rollover<>(new Processes(service, release), service, how).run();
    }

    /// The instances of one service, on their way to `release`.
    private final class Processes implements Fleet<Instance> {
        private final Service service;
        private final Release release;

        private Processes(Service service, Release release) {
            this.service = service;
            this.release = release;
        }

        @Override
        public List<Instance> present() {
            return running.of(service.name());
        }

        @Override
        public void setPresent(List<Instance> instances) {
            running.replace(service.name(), instances);
        }

        @Override
        public int index(Instance instance) {
            return instance.index();
        }

        @Override
        public boolean isAlive(Instance instance) {
            return instance.isAlive();
        }

        @Override
        public String digest(Instance instance) {
            return instance.digest();
        }

        @Override
        public String place(Instance instance) {
            return instance.at()
                    .map(at -> at.getAddress().getHostAddress() + ":" + at.getPort())
                    .orElse("no port");
        }

        @Override
        public Instance start(Instance replaced, boolean beside) {
            return Deployer.this.start(
                    service, replaced.index(), beside ? besideOf(replaced) : replaced.at(), release, () -> true);
        }

        @Override
        public void stop(List<Instance> instances) {
            Deployer.this.stop(service, instances);
        }

        @Override
        public void lead(List<Instance> to) {
            Deployer.this.lead(service, to);
        }

        @Override
        public void drain(List<Instance> instances) {
            Deployer.this.drain(service, instances);
        }

        @Override
        public boolean awaitHealthy(List<Instance> instances) {
            return health.await(service, instances);
        }

        @Override
        public String evidence(List<Instance> instances) {
            return Deployer.evidence(instances);
        }
    }

    private Instance start(
            Service service, int index, Optional<InetSocketAddress> at, Release release, BooleanSupplier exitCounts) {
        return launcher.start(service, index, at, release, code -> {
            if (exitCounts.getAsBoolean()) {
                exits.exited(service.name(), index, code);
            }
        });
    }

    private Optional<InetSocketAddress> besideOf(Instance old) {
        return old.at().map(taken -> plan.beside(old.service(), old.index(), taken));
    }

    private void stop(Service service, List<Instance> instances) {
        List<Timeline.Fork<Boolean>> stopping = instances.stream()
                .map(instance -> timeline.fork("stop " + service.name(), () -> {
                    instance.stop(service.stop().grace());
                    return true;
                }))
                .toList();
        stopping.forEach(Timeline.Fork::join);
    }

    /// Has callers get to these instances; to what it was if they listen nowhere.
    private void lead(Service service, List<Instance> to) {
        List<InetSocketAddress> at = addresses(to);
        if (!at.isEmpty()) {
            links.lead(service.name(), at);
        }
    }

    /// Waits until these have answered what they were asked, for at most the time they have for ending.
    private void drain(Service service, List<Instance> instances) {
        List<InetSocketAddress> at = addresses(instances);
        timeline.await(
                () -> !links.isUnderWayAt(service.name(), at),
                timeline.now() + service.stop().grace().toNanos());
    }

    private static List<InetSocketAddress> addresses(List<Instance> instances) {
        return instances.stream().flatMap(instance -> instance.at().stream()).toList();
    }

    /// What is known of instances that are not healthy.
    static String evidence(List<Instance> instances) {
        StringBuilder text = new StringBuilder();
        for (Instance instance : instances) {
            text.append("instance ")
                    .append(instance.index())
                    .append(instance.isAlive() ? " is not healthy" : " has ended");
            String output = instance.output();
            text.append(output.isEmpty() ? ", it printed nothing" : "; the end of its output:\n" + output);
        }
        return text.toString();
    }
}
