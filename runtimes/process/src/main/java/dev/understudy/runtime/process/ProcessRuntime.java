package dev.understudy.runtime.process;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.Isolation;
import dev.understudy.scenario.Topology;
import dev.understudy.store.FileTree;
import dev.understudy.store.PackedTree;
import dev.understudy.store.postgres.PostgresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Services as operating-system processes: the default, without Docker. Thread-safe.
public final class ProcessRuntime implements Runtime {
    private final Workplace workplace;
    private final Timeline timeline;
    private final Digests digests = new Digests();
    private final Map<String, PostgresPrograms> programs = new ConcurrentHashMap<>();
    private final Sight sight = Sight.given();
    private final FreePorts ports = new FreePorts(ProcessHandle.current().pid());
    private final Optional<String> whyNotEnforced;

    public ProcessRuntime(Workplace workplace, Timeline timeline) {
        this(workplace, timeline, Namespaces.unavailable());
    }

    /// @param whyNotEnforced why this host can't shut arms in; empty if it can
    ProcessRuntime(Workplace workplace, Timeline timeline, Optional<String> whyNotEnforced) {
        this.workplace = workplace;
        this.timeline = timeline;
        this.whyNotEnforced = whyNotEnforced;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        if (whyNotEnforced.isPresent()) {
            all.remove(Capability.ENFORCED_ISOLATION);
        }
        return all;
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return whyNotEnforced.filter(_ -> capability == Capability.ENFORCED_ISOLATION);
    }

    @Override
    public Live discover(Topology topology, boolean start, EffectLog effects) {
        Path directory = workplace.resolve(topology.directory());
        Optional<LiveStart> started = start
                ? LiveStart.start(
                        topology,
                        directory,
                        workplace,
                        timeline,
                        service -> programs(service, OptionalLong.empty(), OptionalInt.empty()),
                        effects)
                : Optional.empty();
        ProcessLive live = new ProcessLive(
                topology, directory, digests, sight, started, Roster.of(LiveStart.place(workplace, topology)));
        List<String> missing = live.missing();
        if (!missing.isEmpty()) {
            live.close();
            throw new EnvironmentException("live doesn't run: nothing that this user can see listens for "
                    + String.join(", ", missing) + (start ? "" : "; 'live: {start: true}' would start it"));
        }
        return live;
    }

    @Override
    public Live open(Bundle bundle, Topology topology) {
        Roster nobody = Roster.of(LiveStart.place(workplace, topology));
        return new ProcessLive(topology, workplace.resolve(topology.directory()), digests, sight, nobody, bundle);
    }

    @Override
    public Packed pack(ShadowRequest request, String directory) {
        clean();
        ProcessLive live = (ProcessLive) request.live();
        Path place = workplace.newShadow(request.runId());
        EffectLog.Effect effect = request.effects().intend("copies of data in " + place, "delete it");
        Roster.create(place);
        try {
            Path golden = place.resolve("golden");
            Copying copying = new Copying(request, live, workplace, golden, service -> programs(service, live));
            Shadow.Copied copied = copying.run();
            Path target = Path.of(directory);
            Files.createDirectories(target);
            Map<String, PackedStore> packed = new HashMap<>();
            for (Service store : copying.stores()) {
                String file = store.name() + ".tar.gz";
                timeline.sleep(Duration.ZERO); // an interrupted run packs nothing more
                PackedTree.pack(golden.resolve(store.name()), target.resolve(file));
                boolean isPostgres = store.kind() == Service.Kind.POSTGRES;
                packed.put(
                        store.name(),
                        new PackedStore(
                                file,
                                isPostgres
                                        ? OptionalInt.of(PostgresPrograms.majorOf(golden.resolve(store.name())))
                                        : OptionalInt.empty()));
            }
            return new Packed(copied, packed);
        } catch (IOException e) {
            throw new EnvironmentException("can't write to " + directory + ": " + e.getMessage(), e);
        } finally {
            FileTree.deleteQuietly(place);
            effect.undone(!Files.exists(place));
        }
    }

    @Override
    public Shadow clone(ShadowRequest request) {
        clean();
        ProcessLive live = (ProcessLive) request.live();
        Path place = workplace.newShadow(request.runId());
        EffectLog.Effect effect = request.effects().intend("shadow in " + place, "end its processes, then delete it");
        Roster roster = Roster.create(place);
        Map<ArmName, ProcessArm> arms = Collections.synchronizedMap(new EnumMap<>(ArmName.class));
        try {
            Function<Service, PostgresPrograms> postgres = service -> programs(service, live);
            Launcher.Parts parts = new Launcher.Parts(
                    workplace.resolve(request.scenario().topology().directory()), digests, roster, postgres);
            List<Path> hidden = liveData(live, request.scenario());
            Timeline.Fork<Shadow.Copied> copying = timeline.fork(
                    "copy", () -> new Copying(request, live, workplace, place.resolve("golden"), postgres).run());
            Stream<Timeline.Fork<?>> building = inEach("build", name -> {
                arms.put(name, build(name, request, place, hidden, parts));
            });
            joinAll(Stream.concat(Stream.of(copying), building));
            joinAll(inEach(
                    "fill", name -> Objects.requireNonNull(arms.get(name)).reset()));
            return new ProcessShadow(
                    timeline,
                    roster,
                    arms,
                    copying.join(),
                    arm -> arm.walls().isEnforced()
                            ? new Probes(arm.name(), arm.walls(), live, writable(live, hidden)).run(arm.directory())
                            : Probes.notTried(arm.name()),
                    effect);
        } catch (RuntimeException e) {
            arms.values().forEach(ProcessArm::dispose);
            FileTree.deleteQuietly(place);
            effect.undone(!Files.exists(place));
            throw e;
        }
    }

    /// The same services twice without arms, ready to be started: what a shadow is measured against.
    /// @throws EnvironmentException if the data can't be copied; nothing is left then
    public PlainStart plain(ShadowRequest request) {
        clean();
        ProcessLive live = (ProcessLive) request.live();
        Scenario scenario = request.scenario();
        Path place = workplace.newShadow(request.runId());
        EffectLog.Effect effect =
                request.effects().intend("plain copies in " + place, "end their processes, then delete it");
        Roster roster = Roster.create(place);
        try {
            Path golden = place.resolve("golden");
            Function<Service, PostgresPrograms> postgres = service -> programs(service, live);
            new Copying(request, live, workplace, golden, postgres).run();
            Launcher.Parts parts =
                    new Launcher.Parts(workplace.resolve(scenario.topology().directory()), digests, roster, postgres);
            List<PlainCopy> copies = Stream.of(ArmName.values())
                    .map(name -> new ArmDirectory(place.resolve("plain-" + name), golden))
                    .map(directory -> new PlainCopy(scenario, request.sampleTime(), directory, ports, parts))
                    .toList();
            copies.forEach(PlainCopy::fill);
            return new PlainStart(roster, copies, effect);
        } catch (RuntimeException e) {
            FileTree.deleteQuietly(place);
            effect.undone(!Files.exists(place));
            throw e;
        }
    }

    private Stream<Timeline.Fork<?>> inEach(String what, Consumer<ArmName> task) {
        return Stream.of(ArmName.values())
                .map(name -> timeline.fork(what + " " + name, () -> {
                    task.accept(name);
                    return name;
                }));
    }

    /// Waits for all, so that what was built is known even if another fails; then throws the first failure.
    private static void joinAll(Stream<? extends Timeline.Fork<?>> forks) {
        RuntimeException failure = null;
        for (Timeline.Fork<?> fork : forks.toList()) {
            try {
                fork.join();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private ProcessArm build(ArmName name, ShadowRequest request, Path place, List<Path> hidden, Launcher.Parts parts) {
        ArmDirectory directory = new ArmDirectory(place.resolve(name.toString()), place.resolve("golden"));
        Scenario scenario = request.scenario();
        if (scenario.shadow().isolation() == Isolation.ENFORCED && whyNotEnforced.isPresent()) {
            throw new EnvironmentException("arms can't be shut in here: " + whyNotEnforced.get());
        }
        Enclosure walls = whyNotEnforced.isEmpty()
                ? Namespaces.build(new Namespaces.View(directory.root(), readable(scenario), hidden))
                : new Watched(directory.root());
        try {
            Floorplan plan = walls.isEnforced()
                    ? Floorplan.enclosed(scenario.topology())
                    : Floorplan.beside(scenario.topology(), ports);
            return new ProcessArm(name, scenario, request.sampleTime(), walls, plan, directory, parts);
        } catch (RuntimeException e) {
            walls.close();
            throw e;
        }
    }

    /// What services are read from, and so has to stay visible even below a hidden directory: the topology's own one,
    /// unpacked programs, whatever a command names, and where programs are looked for.
    private List<Path> readable(Scenario scenario) {
        Path directory = workplace.resolve(scenario.topology().directory());
        Stream<Path> named = scenario.topology().services().values().stream()
                .flatMap(service -> service.versions().values().stream())
                .flatMap(version -> version.command().stream())
                .flatMap(word -> Digests.named(word.text(), directory))
                .flatMap(path -> Files.isDirectory(path)
                        ? Stream.of(path)
                        : Stream.ofNullable(path.toAbsolutePath().getParent()).map(Namespaces::home));
        return Stream.of(Stream.of(directory, workplace.programs()), named, Commands.programDirectories())
                .flatMap(paths -> paths)
                .filter(Files::isDirectory)
                .filter(path -> !path.equals(path.getRoot()))
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    private static List<Path> liveData(ProcessLive live, Scenario scenario) {
        return scenario.topology().services().values().stream()
                .filter(service -> service.data().isPresent())
                .map(live::data)
                .filter(Files::isDirectory)
                .toList();
    }

    private List<Path> writable(ProcessLive live, List<Path> liveData) {
        List<Path> paths = new ArrayList<>(
                List.of(workplace.resolve(live.topology().directory()), Path.of("/etc"), Path.of("/var")));
        liveData.stream()
                .map(Path::getParent)
                .filter(java.util.Objects::nonNull)
                .forEach(paths::add);
        return paths.stream().filter(Files::isDirectory).distinct().toList();
    }

    private static OptionalLong pid(ProcessLive live, Service service) {
        return live.processes(service.name()).stream().mapToLong(ProcessId::pid).findFirst();
    }

    /// Those that live runs, or those that can read what the bundle has.
    private PostgresPrograms programs(Service service, ProcessLive live) {
        OptionalInt major = live.bundle()
                .map(bundle -> bundle.data().get(service.name()))
                .map(Bundle.Holding::postgres)
                .orElse(OptionalInt.empty());
        return programs(service, pid(live, service), major);
    }

    private PostgresPrograms programs(Service service, OptionalLong livePid, OptionalInt major) {
        return programs.computeIfAbsent(service.name() + "@" + livePid + "@" + major, _ -> {
            Optional<Path> named = service.database()
                    .flatMap(Service.Database::binaries)
                    .map(workplace::resolve)
                    .or(() -> livePid.stream().boxed().findFirst().flatMap(sight::programDirectory));
            return PostgresPrograms.find(new PostgresPrograms.Wanted(named, livePid, workplace.programs(), major));
        });
    }

    @Override
    public List<String> clean() {
        return new Leftovers(workplace).remove();
    }

    /// Ends the live systems that runs which died had started; returns where they were kept.
    public List<String> endAbandonedLives() {
        return new Leftovers(workplace).endLives();
    }

    @Override
    public void close() {
        // nothing is held between runs
    }
}
