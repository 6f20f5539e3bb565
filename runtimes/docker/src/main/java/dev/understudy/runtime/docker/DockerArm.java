package dev.understudy.runtime.docker;

import dev.understudy.links.entry.ArmHttp;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.StartOrder.Condition;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// One arm in an engine: its networks, its link container, its services' containers, its data. Thread-safe; deployments
/// of one service exclude each other.
final class DockerArm implements Arm {
    private static final int AT_ONCE = 8;
    private static final Observer NOBODY = new Observer() {
        @Override
        public void exchanged(LinkSample sample) {}

        @Override
        public void exited(String service, int index, long atNanos, int exitCode) {}
    };

    private final ArmName name;
    private final Scenario scenario;
    private final Timeline timeline;
    private final ArmRooms rooms;
    private final ArmHttp http = new ArmHttp();
    private final DockerLinks links;
    private final ContainerLauncher launcher;
    private final ContainerHealth health;
    private final ContainerFleet fleet;
    private final Exits exits;
    private final ContainerStores stores;
    private final Visitors visitors;
    private final Map<String, Release> releases = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private volatile Observer observer = NOBODY;

    DockerArm(ArmName name, Scenario scenario, Timeline timeline, ArmRooms rooms) {
        this.name = name;
        this.scenario = scenario;
        this.timeline = timeline;
        this.rooms = rooms;
        rooms.hear(sample -> {
            if (!sample.link().from().equals(DockerLinks.UNDECLARED)) {
                observer.exchanged(sample);
            }
        });
        this.links = new DockerLinks(scenario, rooms.neighbours(), rooms.links().agent());
        this.launcher = new ContainerLauncher(rooms.launcherParts());
        this.health = new ContainerHealth(rooms.live(), links, rooms.links().agent(), http, rooms.reading(), timeline);
        this.exits = new Exits(
                rooms.reading(),
                rooms.names(),
                (instance, code) -> observer.exited(instance.service(), instance.index(), timeline.now(), code));
        this.fleet = new ContainerFleet(rooms.work(), rooms.reading(), launcher, links, health, exits, timeline);
        this.stores = new ContainerStores(rooms.live(), rooms.work(), rooms.reading(), links, fleet);
        this.visitors = new Visitors(rooms.work(), rooms.reading(), rooms.names(), rooms.networks(), timeline);
        forgetReleases();
    }

    @Override
    public ArmName name() {
        return name;
    }

    private void forgetReleases() {
        scenario.shadowServices().forEach(service -> releases.put(service.name(), Release.of(service.version())));
    }

    private boolean runs(Service service) {
        return scenario.shadow().mode(service.name()) == ServiceMode.RUN;
    }

    /// Starts all services, each after what it waits for; returns a line for each that isn't healthy in time.
    List<String> startAll() {
        links.setPatient(true);
        try {
            Starting starting = new Starting();
            scenario.shadowServices().filter(this::runs).forEach(service -> starting.begin(service.name()));
            return starting.unhealthy();
        } finally {
            links.setPatient(false);
        }
    }

    /// One start of all services. For one thread.
    private final class Starting {
        private final List<String> present = scenario.shadowServices()
                .filter(DockerArm.this::runs)
                .map(Service::name)
                .toList();
        private final Semaphore places = new Semaphore(AT_ONCE);
        private final Map<String, Timeline.Fork<List<ContainerInstance>>> launched = new LinkedHashMap<>();
        private final Map<String, Timeline.Fork<Boolean>> healthy = new LinkedHashMap<>();

        void begin(String name) {
            if (launched.containsKey(name) || healthy.containsKey(name)) {
                return;
            }
            Map<String, Condition> before = StartOrder.of(name, rooms.live(), rooms.neighbours(), present);
            Map<String, Condition> known = new LinkedHashMap<>();
            launched.put(name, timeline.fork("wait", List::of)); // who depends on itself in the end waits for nobody
            before.forEach((other, condition) -> {
                begin(other);
                if (healthy.containsKey(other)) {
                    known.put(other, condition);
                }
            });
            Service service = scenario.topology().service(name);
            Timeline.Fork<List<ContainerInstance>> launching =
                    timeline.fork("launch " + name, () -> launch(service, known));
            launched.put(name, launching);
            healthy.put(name, timeline.fork("start " + name, () -> health.await(service, launching.join())));
        }

        private List<ContainerInstance> launch(Service service, Map<String, Condition> before)
                throws InterruptedException {
            before.forEach((other, condition) -> await(other, condition));
            synchronized (lock(service.name())) {
                places.acquire();
                try {
                    return fleet.launch(service, release(service.name()));
                } finally {
                    places.release();
                }
            }
        }

        private void await(String other, Condition condition) {
            Timeline.Fork<List<ContainerInstance>> launching = launched.get(other);
            if (launching != null) {
                launching.join();
            }
            Timeline.Fork<Boolean> becoming = healthy.get(other);
            if (becoming != null && condition != Condition.STARTED) {
                becoming.join();
            }
        }

        List<String> unhealthy() {
            DockerRuntime.joinAll(List.copyOf(healthy.values()));
            List<String> lines = new ArrayList<>();
            healthy.forEach((service, fork) -> {
                if (!fork.join()) {
                    lines.add(name + " " + service + ": " + fleet.evidence(fleet.of(service)));
                }
            });
            return lines;
        }
    }

    @Override
    public Deployed deploy(String serviceName, Release release, Replacement how) {
        Service service = running(serviceName);
        synchronized (lock(serviceName)) {
            releases.put(serviceName, release);
            return fleet.replace(service, release, how);
        }
    }

    @Override
    public Deployed restoreData(String serviceName) {
        Service service = running(serviceName);
        if (!service.isStateful()) {
            throw new IllegalArgumentException("service '" + serviceName + "' keeps no data");
        }
        synchronized (lock(serviceName)) {
            List<String> sources = rooms.live().containers(serviceName).stream()
                    .flatMap(container -> rooms.golden().sources(container).stream())
                    .distinct()
                    .toList();
            return fleet.restart(
                    service, release(serviceName), () -> rooms.volumes().restore(sources));
        }
    }

    private Service running(String serviceName) {
        Service service = scenario.topology().service(serviceName);
        if (!runs(service)) {
            throw new IllegalArgumentException("service '" + serviceName + "' does not run in the shadow: it is "
                    + scenario.shadow().mode(serviceName).name().toLowerCase(java.util.Locale.ROOT));
        }
        return service;
    }

    private Object lock(String service) {
        return locks.computeIfAbsent(service, _ -> new Object());
    }

    @Override
    public void prepare(String service, Release release) {
        releases.put(service, release);
    }

    @Override
    public Release release(String service) {
        Release release = releases.get(service);
        if (release == null) {
            throw new IllegalArgumentException("the arm has no service '" + service + "'");
        }
        return release;
    }

    @Override
    public List<InstanceState> instances() {
        List<InstanceState> states = new ArrayList<>();
        for (Service service : scenario.shadowServices().filter(this::runs).toList()) {
            for (ContainerInstance instance : fleet.of(service.name())) {
                states.add(new InstanceState(
                        service.name(),
                        instance.index(),
                        instance.release(),
                        instance.digest(),
                        instance.mark(),
                        instance.isAlive() && health.isHealthy(service, instance)));
            }
        }
        return List.copyOf(states);
    }

    @Override
    public List<String> strays() {
        List<String> ours =
                fleet.all().map(instance -> instance.container().id()).toList();
        List<String> strays = new ArrayList<>();
        rooms.running().forEach(container -> {
            String id = container.path("Id").asString("");
            if (!ours.contains(id) && !id.equals(rooms.links().container().id()) && !visitors.knows(id)) {
                strays.add("container " + container.path("Names").path(0).asString(id));
            }
        });
        return List.copyOf(strays);
    }

    @Override
    public Answer exchange(Request request, Duration timeout) {
        return http.exchange(links.ingress(request.service()), request, timeout);
    }

    @Override
    public Map<String, String> entrances() {
        return links.entrances();
    }

    @Override
    public Answer ask(Request request, int index, Duration timeout) {
        ContainerInstance instance = fleet.of(request.service()).stream()
                .filter(each -> each.index() == index)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + request.service() + "' has no instance " + index + " that listens"));
        return http.exchange(links.direct(instance), request, timeout);
    }

    @Override
    public Execution sql(String service, String text, Duration timeout) {
        return stores.sql(scenario.topology().service(service), text, timeout);
    }

    @Override
    public Execution query(String service, String text, Duration timeout) {
        return stores.query(scenario.topology().service(service), text, timeout);
    }

    @Override
    public Execution execute(List<String> command, Map<String, Template> environment, Duration timeout) {
        Map<String, String> resolved = new LinkedHashMap<>();
        environment.forEach((variable, value) -> resolved.put(variable, launcher.resolved(value)));
        return visitors.execute(command, network -> launcher.visitor(command, resolved, network), timeout);
    }

    @Override
    public void kill(String service) {
        fleet.of(service).forEach(instance -> rooms.work().containers().kill(instance.container(), "SIGKILL"));
    }

    @Override
    public void pause(String service) {
        fleet.of(service).stream()
                .filter(ContainerInstance::isAlive)
                .filter(instance -> !isPaused(instance))
                .forEach(instance -> rooms.work().containers().pause(instance.container()));
    }

    @Override
    public void resume(String service) {
        fleet.of(service).stream()
                .filter(ContainerInstance::isAlive)
                .filter(this::isPaused)
                .forEach(instance -> rooms.work().containers().unpause(instance.container()));
    }

    @Override
    public List<String> paused(String service) {
        return fleet.of(service).stream()
                .filter(this::isPaused)
                .map(instance -> service + "#" + instance.index() + " " + instance.mark())
                .toList();
    }

    private boolean isPaused(ContainerInstance instance) {
        return rooms.reading()
                .containerIfThere(instance.container().id())
                .filter(inspect -> inspect.path("State").path("Paused").asBoolean(false))
                .isPresent();
    }

    @Override
    public LinkHandle link(Link link) {
        return links.at(link);
    }

    @Override
    public DataImage data(String service) {
        return stores.image(scenario.topology().service(service));
    }

    @Override
    public SchemaImage schema(String service, Set<String> historyTables) {
        return stores.schema(scenario.topology().service(service), historyTables);
    }

    @Override
    public List<ResourceUse> resources() {
        List<Timeline.Fork<Optional<ResourceUse>>> asking = fleet.all()
                .filter(ContainerInstance::isAlive)
                .map(instance -> timeline.fork("use", () -> use(instance)))
                .toList();
        return asking.stream().flatMap(fork -> fork.join().stream()).toList();
    }

    private Optional<ResourceUse> use(ContainerInstance instance) {
        try {
            return Optional.of(ContainerUse.of(
                    instance, rooms.reading().stats(instance.container().id())));
        } catch (EnvironmentException gone) {
            return Optional.empty(); // it ended a moment ago
        }
    }

    @Override
    public List<LinkBytes> linkBytes() {
        return links.bytes();
    }

    @Override
    public void observe(Observer told) {
        observer = told;
    }

    /// Ends everything that runs inside and puts the data back.
    void reset() {
        observer = NOBODY;
        fleet.end();
        visitors.end();
        links.requireSound();
        links.calm();
        forgetReleases();
        rooms.volumes().restore();
    }

    /// Stops listening; what the engine holds is swept away by whoever owns the run.
    void close() {
        observer = NOBODY;
        exits.close();
        http.close();
        links.close();
    }

    ArmRooms rooms() {
        return rooms;
    }

    Made linkContainer() {
        return rooms.links().container();
    }

    Visitors visitors() {
        return visitors;
    }
}
