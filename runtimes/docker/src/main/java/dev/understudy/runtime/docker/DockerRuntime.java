package dev.understudy.runtime.docker;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.clone.AddressPlan;
import dev.understudy.runtime.docker.clone.Blueprint;
import dev.understudy.runtime.docker.clone.FreeSubnets;
import dev.understudy.runtime.docker.clone.Refusal;
import dev.understudy.runtime.docker.clone.Subnet;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.LinkImage;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.scenario.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Services as containers of a Docker engine. Thread-safe.
public final class DockerRuntime implements Runtime {
    /// What our own programs need of Java.
    private static final List<String> MODULES =
            List.of("java.base", "java.logging", "java.naming", "java.sql", "java.management", "jdk.unsupported");

    private final DockerPlace place;
    private final Timeline timeline;
    private final Owner owner = Owner.self();

    public DockerRuntime(DockerPlace place, Timeline timeline) {
        this.place = place;
        this.timeline = timeline;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Live discover(Topology topology, boolean start, EffectLog effects) {
        EngineReading engine = EngineReading.open(place.engine().get());
        try {
            return DockerLive.discover(topology, engine);
        } catch (RuntimeException e) { // whatever it is, the connection goes and it is passed on
            engine.close();
            throw e;
        }
    }

    @Override
    public Shadow clone(ShadowRequest request) {
        DockerLive live = (DockerLive) request.live();
        requireCloneable(request, live);
        EngineAddress address = place.engine().get();
        EngineWork work = EngineWork.open(address, request.runId());
        try {
            cleanUp(work, address);
            EffectLog.Effect effect = request.effects()
                    .intend("shadow " + request.runId() + " in " + address, "remove all that carries its label");
            return new Building(request, live, work, effect).run();
        } catch (RuntimeException e) { // whatever it is, the connection goes and it is passed on
            work.close();
            throw e;
        }
    }

    private static void requireCloneable(ShadowRequest request, DockerLive live) {
        if (!request.scenario().shadow().masks().isEmpty()) {
            throw new EnvironmentException("the data of containers can't be masked yet, and what is to be masked is "
                    + "shown to no arm as it is: "
                    + request.scenario().shadow().masks().stream()
                            .map(mask -> "'" + mask.service() + "'")
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + " under shadow.mask. Write 'empty' under shadow.data, and no mask.");
        }
        List<String> problems = new ArrayList<>();
        live.refusals(request.scenario().shadowServices()).stream()
                .map(Refusal::toString)
                .forEach(problems::add);
        problems.addAll(GoldenData.problems(request.scenario(), live));
        if (!problems.isEmpty()) {
            throw new EnvironmentException("live can't be cloned as it is; a rule is lifted by its name under 'docker: "
                    + "{allow: […]}' in " + live.topology().place().file() + ":\n  - "
                    + String.join("\n  - ", problems));
        }
    }

    /// One shadow on its way.
    private final class Building {
        private final ShadowRequest request;
        private final DockerLive live;
        private final EngineWork work;
        private final EngineReading reading;
        private final EffectLog.Effect effect;
        private final LinkProgram program;
        private final JsonNode info;

        private Building(ShadowRequest request, DockerLive live, EngineWork work, EffectLog.Effect effect) {
            this.request = request;
            this.live = live;
            this.work = work;
            this.reading = live.engine();
            this.effect = effect;
            this.info = reading.info();
            LinkImage image =
                    LinkImage.of(MODULES, place.classPath(), place.state().resolve("link-image"));
            this.program = new LinkProgram(image, image.ensure(work, _ -> {}));
        }

        Shadow run() {
            Map<ArmName, DockerArm> arms = Collections.synchronizedMap(new EnumMap<>(ArmName.class));
            try {
                FreeSubnets free = new FreeSubnets(taken(), request.runId().hashCode());
                Made outside = outside(free);
                List<String> networks = Neighbours.all(request.scenario(), live);
                Map<ArmName, AddressPlan> plans = new EnumMap<>(ArmName.class);
                for (ArmName name : ArmName.values()) {
                    plans.put(name, new AddressPlan(networks, free));
                }
                ArmNames both = new ArmNames(request.runId(), ArmName.CONTROL);
                GoldenData golden = new GoldenData(work, reading, both, owner);
                LivePause pause = new LivePause(request.scenario().shadow().maxPause(), reading.address());
                Copier copier = new Copier(work, reading, both, owner, program, request.sampleTime(), live, pause);
                Timeline.Fork<Shadow.Copied> copying = timeline.fork("copy", () -> golden.fill(request, live, copier));
                List<Timeline.Fork<DockerArm>> building = new ArrayList<>();
                for (ArmName name : ArmName.values()) {
                    AddressPlan plan = Objects.requireNonNull(plans.get(name));
                    building.add(timeline.fork("build " + name, () -> {
                        DockerArm arm = build(name, plan, outside, golden);
                        arms.put(name, arm);
                        return arm;
                    }));
                }
                List<Timeline.Fork<?>> all = new ArrayList<>(building);
                all.addFirst(copying);
                joinAll(all);
                inEach(arms, arm -> arm.rooms().volumes().restore());
                return new DockerShadow(timeline, work, arms, copying.join(), program, effect);
            } catch (RuntimeException e) { // interruptions too: what was made is removed, then it is passed on
                arms.values().forEach(DockerArm::close);
                timeline.shielded(() -> effect.undone(work.sweep().isEmpty()));
                throw e;
            }
        }

        private void inEach(Map<ArmName, DockerArm> arms, Consumer<DockerArm> task) {
            List<Timeline.Fork<Boolean>> forks = arms.values().stream()
                    .map(arm -> timeline.fork("fill " + arm.name(), () -> {
                        task.accept(arm);
                        return true;
                    }))
                    .toList();
            joinAll(forks);
        }

        private DockerArm build(ArmName name, AddressPlan plan, Made outside, GoldenData golden) {
            ArmNames names = new ArmNames(request.runId(), name);
            ArmNetworks networks = ArmNetworks.make(work, names, owner, plan);
            AtomicReference<Consumer<LinkSample>> heard = new AtomicReference<>(_ -> {});
            LinkContainer links = LinkContainer.start(
                    new LinkContainer.Order(
                            work,
                            reading,
                            names,
                            owner,
                            program,
                            outside,
                            request.sampleTime()::now,
                            sample -> heard.get().accept(sample),
                            _ -> {}),
                    networks);
            ArmRooms rooms = new ArmRooms(
                    work,
                    reading,
                    names,
                    owner,
                    live,
                    networks,
                    new Neighbours(request.scenario(), live, plan),
                    links,
                    golden,
                    new ArmVolumes(work, reading, names, owner, golden, program.image()),
                    limits(),
                    place.resolve(live.topology().directory()),
                    heard);
            return new DockerArm(name, request.scenario(), request.sampleTime(), rooms);
        }

        /// Half of what the engine's host has is the most that one container may take.
        private Blueprint.Limits limits() {
            return new Blueprint.Limits(
                    Math.max(64L << 20, info.path("MemTotal").asLong(1L << 30) / 2),
                    Math.max(1, info.path("NCPU").asInt(1)));
        }

        private Made outside(FreeSubnets free) {
            ObjectNode body = Bodies.labelled(owner);
            body.put("Driver", "bridge");
            body.putObject("IPAM")
                    .putArray("Config")
                    .addObject()
                    .put("Subnet", free.take().toString());
            return work.networks()
                    .create(new Mark("both", "network"), "understudy-" + request.runId() + "-outside", body);
        }

        private List<Subnet> taken() {
            List<Subnet> taken = new ArrayList<>();
            reading.networks(Map.of())
                    .forEach(network -> network.path("IPAM").path("Config").forEach(config -> {
                        String subnet = config.path("Subnet").asString("");
                        if (subnet.matches("[0-9./]+")) {
                            taken.add(Subnet.parse(subnet));
                        }
                    }));
            return taken;
        }
    }

    /// Waits for all, so that nothing is made any more when what was made is removed; then throws the first failure.
    static void joinAll(List<? extends Timeline.Fork<?>> forks) {
        RuntimeException failure = null;
        for (Timeline.Fork<?> fork : forks) {
            try {
                fork.join();
            } catch (RuntimeException e) { // thrown below, once the others have ended
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<String> clean() {
        EngineAddress address = place.engine().get();
        try (EngineWork work = EngineWork.open(address, "none")) {
            return cleanUp(work, address);
        }
    }

    /// Removes what runs left whose owner is gone; returns what is left of them.
    private List<String> cleanUp(EngineWork work, EngineAddress address) {
        boolean here = Objects.equals(address.uri().getScheme(), "unix");
        List<String> left = new ArrayList<>();
        for (String run : work.runs()) {
            EngineWork of = work.of(run);
            List<Owner> owners = owners(run, address);
            if (!owners.isEmpty() && owners.stream().allMatch(whose -> whose.isGone(here))) {
                left.addAll(of.sweep());
            }
        }
        return List.copyOf(left);
    }

    private static List<Owner> owners(String run, EngineAddress address) {
        List<Owner> owners = new ArrayList<>();
        Map<String, List<String>> filter = Map.of("label", List.of(Mark.RUN + "=" + run));
        try (EngineReading reading = EngineReading.open(address)) {
            reading.containers(filter, true).forEach(each -> note(each.path("Labels"), owners));
            reading.networks(filter).forEach(each -> note(each.path("Labels"), owners));
            reading.volumes(filter).forEach(each -> note(each.path("Labels"), owners));
        }
        return owners;
    }

    private static void note(JsonNode labels, List<Owner> owners) {
        Owner.parse(labels.path(Owner.LABEL).asString("")).ifPresent(owners::add);
    }

    @Override
    public void close() {
        // each shadow has its own connections
    }
}
