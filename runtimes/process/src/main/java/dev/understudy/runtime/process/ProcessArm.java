package dev.understudy.runtime.process;

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
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One arm: its walls, its links, its instances, its data. Thread-safe; deployments of one service exclude
/// each other.
final class ProcessArm implements Arm {
    private static final Observer NOBODY = new Observer() {
        @Override
        public void exchanged(LinkSample sample) {}

        @Override
        public void exited(String service, int index, long atNanos, int exitCode) {}
    };

    private final ArmName name;
    private final Scenario scenario;
    private final Timeline timeline;
    private final Enclosure walls;
    private final Floorplan plan;
    private final ArmLinks links;
    private final ArmData data;
    private final ArmHttp http = new ArmHttp();
    private final Launcher launcher;
    private final Health health;
    private final Instances running;
    private final Deployer deployer;
    private final Map<String, Release> releases = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Set<Long> executing = ConcurrentHashMap.newKeySet();
    private volatile Observer observer = NOBODY;

    ProcessArm(
            ArmName name,
            Scenario scenario,
            Timeline timeline,
            Enclosure walls,
            Floorplan plan,
            ArmDirectory directory,
            Launcher.Parts parts) {
        this.name = name;
        this.scenario = scenario;
        this.timeline = timeline;
        this.walls = walls;
        this.plan = plan;
        this.links = new ArmLinks(name, scenario, plan, walls, timeline, sample -> observer.exchanged(sample));
        this.data = new ArmData(directory, links);
        this.launcher = new Launcher(walls, plan, directory, parts);
        this.health = new Health(links, http, walls);
        this.running = new Instances(scenario.topology());
        this.deployer = new Deployer(
                plan,
                links,
                launcher,
                health,
                running,
                timeline,
                (service, index, code) -> observer.exited(service, index, timeline.now(), code));
        forgetReleases();
    }

    @Override
    public ArmName name() {
        return name;
    }

    Enclosure walls() {
        return walls;
    }

    private void forgetReleases() {
        scenario.shadowServices().forEach(service -> releases.put(service.name(), Release.of(service.version())));
    }

    /// Whether the service is to run in this arm at all.
    private boolean runs(Service service) {
        return scenario.shadow().mode(service.name()) == ServiceMode.RUN;
    }

    /// Starts all services at the same moment; returns a line for each that isn't healthy in time.
    ///
    /// Whoever calls a service that doesn't listen yet waits at its link. A service that ends all the same
    /// before all that it calls is healthy is started once more, and is only then held to its time.
    List<String> startAll() {
        links.setPatient(true);
        try {
            Map<String, Timeline.Fork<Boolean>> started = new LinkedHashMap<>();
            for (Service service : scenario.topology().calleesFirst()) {
                if (!scenario.shadow().omits(service.name()) && runs(service)) {
                    List<Timeline.Fork<Boolean>> callees = service.calls().stream()
                            .flatMap(callee -> Stream.ofNullable(started.get(callee)))
                            .toList();
                    started.put(
                            service.name(), timeline.fork("start " + service.name(), () -> start(service, callees)));
                }
            }
            return started.entrySet().stream()
                    .filter(fork -> !fork.getValue().join())
                    .map(fork -> name + " " + fork.getKey() + ": " + Deployer.evidence(running.of(fork.getKey())))
                    .toList();
        } finally {
            links.setPatient(false);
        }
    }

    private boolean start(Service service, List<Timeline.Fork<Boolean>> callees) {
        synchronized (lock(service.name())) {
            AtomicBoolean early = new AtomicBoolean(true);
            Release release = release(service.name());
            List<Instance> instances = deployer.launch(service, release, () -> !early.get());
            callees.forEach(Timeline.Fork::join);
            early.set(false);
            if (!instances.stream().allMatch(Instance::isAlive)) {
                deployer.stop(service);
                instances = deployer.launch(service, release, () -> true);
            }
            return health.await(service, instances);
        }
    }

    @Override
    public Deployed deploy(String serviceName, Release release, Replacement how) {
        Service service = running(serviceName);
        synchronized (lock(serviceName)) {
            releases.put(serviceName, release);
            return deployer.replace(service, release, how);
        }
    }

    @Override
    public Deployed restoreData(String serviceName) {
        Service service = running(serviceName);
        if (!service.isStateful()) {
            throw new IllegalArgumentException("service '" + serviceName + "' keeps no data");
        }
        synchronized (lock(serviceName)) {
            return deployer.restart(service, release(serviceName), () -> data.restore(service));
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
            for (Instance instance : running.of(service.name())) {
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
        // who is there first, who belongs to whom afterwards: what is started between the two is nobody's stray
        List<ProcessHandle> inside = List.copyOf(walls.inhabitants());
        Set<Long> ours = new HashSet<>(executing);
        Families families = Families.now();
        running.alive().forEach(instance -> {
            ours.add(instance.pid());
            ours.addAll(families.descendants(instance.pid()));
        });
        return inside.stream()
                .filter(process -> !ours.contains(process.pid()))
                .filter(process ->
                        ProcessId.of(process.pid()).filter(ProcessId::isAlive).isPresent())
                .map(process -> "process " + process.pid() + ": "
                        + Secrets.hiddenIn(process.info()
                                .commandLine()
                                .orElse(process.info().command().orElse("?"))))
                .toList();
    }

    @Override
    public Answer exchange(Request request, Duration timeout) {
        return http.exchange(links.ingress(request.service()), request, timeout);
    }

    @Override
    public Map<String, String> entrances() {
        Map<String, String> entrances = new java.util.TreeMap<>();
        scenario.shadowServices()
                .filter(this::runs)
                .filter(service -> !plan.instances(service.name()).isEmpty())
                .forEach(service -> entrances.put(service.name(), "127.0.0.1:" + links.ingress(service.name())));
        return entrances;
    }

    @Override
    public Answer ask(Request request, int index, Duration timeout) {
        return http.exchange(links.direct(request.service(), index), request, timeout);
    }

    @Override
    public Execution sql(String service, String text, Duration timeout) {
        return data.sql(scenario.topology().service(service), text, timeout);
    }

    @Override
    public Execution query(String service, String text, Duration timeout) {
        return data.query(scenario.topology().service(service), text, timeout);
    }

    @Override
    public Execution execute(List<String> command, Map<String, Template> environment, Duration timeout) {
        return launcher.execute(command, environment, timeout, executing);
    }

    @Override
    public void kill(String service) {
        running.of(service).forEach(Instance::kill);
    }

    @Override
    public void pause(String service) {
        running.of(service).forEach(Instance::pause);
    }

    @Override
    public void resume(String service) {
        running.of(service).forEach(Instance::resume);
    }

    @Override
    public List<String> paused(String service) {
        return running.of(service).stream()
                .filter(Instance::isPaused)
                .map(instance -> service + "#" + instance.index() + " " + instance.mark())
                .toList();
    }

    @Override
    public LinkHandle link(Link link) {
        return links.at(link);
    }

    @Override
    public DataImage data(String service) {
        return data.image(scenario.topology().service(service));
    }

    @Override
    public SchemaImage schema(String service, Set<String> historyTables) {
        return data.schema(scenario.topology().service(service), historyTables);
    }

    @Override
    public List<ResourceUse> resources() {
        Families families = Families.now();
        return running.alive()
                .flatMap(instance -> Stream.ofNullable(use(instance, families)))
                .toList();
    }

    @Override
    public List<LinkBytes> linkBytes() {
        return links.bytes();
    }

    private static @Nullable ResourceUse use(Instance instance, Families families) {
        return ProcessUse.of(instance.pid(), families.descendants(instance.pid()))
                .map(use -> new ResourceUse(
                        instance.service(),
                        instance.index(),
                        instance.mark(),
                        use.cpu(),
                        use.residentBytes(),
                        use.readBytes(),
                        use.writtenBytes(),
                        use.threads()))
                .orElse(null);
    }

    @Override
    public void observe(Observer told) {
        observer = told;
    }

    /// Ends everything that runs inside, at once, and restores the data.
    /// @throws IllegalStateException if the arm's links had failed, after everything was ended
    void reset() {
        observer = NOBODY;
        running.end(walls);
        links.requireSound();
        links.calm();
        forgetReleases();
        data.restore(scenario);
    }

    /// Ends everything. What it throws concerns only what could not be ended.
    void dispose() {
        try (Enclosure _ = walls;
                ArmHttp _ = http;
                ArmLinks _ = links) {
            running.end(walls);
        } catch (EnvironmentException alreadyGone) {
            // the walls came down all the same, and nothing survives that
        }
    }

    /// Where the arm's links and instances are, for probes.
    Floorplan plan() {
        return plan;
    }

    /// The arm's own directory.
    Path directory() {
        return data.directory();
    }
}
