package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.store.GoldenCopy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One copy of the services that an arm runs, without an arm: ordinary processes of this host, on ports of their own,
/// that see each other directly. Started once; thread-safe.
final class PlainCopy implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scenario scenario;
    private final Timeline timeline;
    private final ArmDirectory directory;
    private final Watched walls;
    private final Floorplan plan;
    private final Launcher launcher;
    private final Instances running;

    /// The instances that began before all that they call was ready.
    private final Set<Instance> early = ConcurrentHashMap.newKeySet();

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private boolean closed;

    PlainCopy(Scenario scenario, Timeline timeline, ArmDirectory directory, FreePorts ports, Launcher.Parts parts) {
        this.scenario = scenario;
        this.timeline = timeline;
        this.directory = directory;
        this.walls = Watched.unslowed(directory.root());
        this.plan = Floorplan.direct(scenario.topology(), ports);
        this.launcher = new Launcher(walls, plan, directory, parts);
        this.running = new Instances(scenario.topology());
    }

    private List<Service> services() {
        return scenario.shadowServices()
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .toList();
    }

    /// Fills its data in. Nothing may run.
    void fill() {
        services().stream()
                .filter(Service::isStateful)
                .forEach(service ->
                        new GoldenCopy(directory.golden(service.name())).restore(directory.data(service.name())));
    }

    /// Starts everything at the same moment; each fork ends when its service is ready, or throws.
    List<Timeline.Fork<Boolean>> start() {
        services().forEach(service -> {
            List<Instance> instances = new ArrayList<>();
            for (int index = 0; index < service.instances(); index++) {
                instances.add(launch(service, index));
            }
            running.replace(service.name(), instances);
        });
        return services().stream()
                .map(service -> timeline.fork("plain " + service.name(), () -> bringUp(service)))
                .toList();
    }

    private synchronized Instance launch(Service service, int index) {
        if (closed) {
            throw new IllegalStateException("plain service '" + service.name() + "' is not started: all is ending");
        }
        boolean isEarly = !ready.containsAll(callees(service));
        Instance instance = launcher.start(
                service, index, plan.home(service.name(), index), Release.of(service.version()), _ -> {});
        if (isEarly) {
            early.add(instance);
        }
        return instance;
    }

    private List<String> callees(Service service) {
        return services().stream()
                .map(Service::name)
                .filter(service.calls()::contains)
                .toList();
    }

    private boolean bringUp(Service service) {
        Duration within = service.health().map(Service.Health::within).orElse(PATIENCE);
        long deadline = timeline.now() + within.toNanos();
        while (!isReady(service)) {
            if (timeline.now() > deadline) {
                throw failed(service, "isn't ready after " + within.toSeconds() + " s", running.of(service.name()));
            }
            revive(service);
            timeline.sleep(GLANCE);
        }
        ready.add(service.name());
        return true;
    }

    private boolean isReady(Service service) {
        List<InetSocketAddress> at = plan.instances(service.name());
        return running.of(service.name()).stream().allMatch(Instance::isAlive)
                && at.stream().allMatch(address -> LiveStart.isReady(service, endpoint(address)));
    }

    private static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(address.getHostString(), address.getPort());
    }

    /// Starts again what ended because something that it calls wasn't up yet.
    private void revive(Service service) {
        List<Instance> now = new ArrayList<>();
        for (Instance instance : running.of(service.name())) {
            if (instance.isAlive()) {
                now.add(instance);
            } else if (early.contains(instance)) {
                now.add(launch(service, instance.index()));
            } else {
                throw failed(service, "ended by itself", List.of(instance));
            }
        }
        running.replace(service.name(), now);
    }

    private static EnvironmentException failed(Service service, String how, List<Instance> instances) {
        return new EnvironmentException("plain service '" + service.name() + "' " + how + "; the end of its output:\n"
                + String.join("\n", instances.stream().map(Instance::output).toList()));
    }

    /// Where an instance of a service listens; empty if it listens nowhere or does not run here.
    Optional<InetSocketAddress> at(String service) {
        return running.of(service).isEmpty()
                ? Optional.empty()
                : plan.instances(service).stream().findFirst();
    }

    /// Where its data is.
    Path data(String service) {
        return directory.data(service);
    }

    /// What still runs of it.
    List<ProcessHandle> inhabitants() {
        return walls.inhabitants();
    }

    /// Ends everything; nothing is started from then on.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try (Watched _ = walls) {
            running.end(walls);
        }
    }
}
