package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Pressure;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs a [SimulatedWorld] in the virtual time of a [SimulatedTimeline]. Everything that waits may only be
/// called inside that timeline's `run`. Latencies are drawn from the seed, for each copy and service by itself.
public final class SimulatedRuntime implements Runtime {
    /// The wall clock when virtual time begins.
    public static final Instant EPOCH = Instant.parse("2026-11-21T00:00:00Z");

    private static final Pressure AT_EASE =
            new Pressure(OptionalDouble.of(0), OptionalDouble.of(0), OptionalDouble.of(0));
    private static final Duration COPYING = Duration.ofMillis(80);

    private final SimulatedWorld world;
    private final SimulatedTimeline timeline;
    private final long seed;
    private final Set<Lie> lies;
    private final SimulatedSystem live;
    private final List<SimulatedShadow> shadows = new ArrayList<>();

    /// An honest runtime.
    public SimulatedRuntime(SimulatedWorld world, SimulatedTimeline timeline, long seed) {
        this(world, timeline, seed, EnumSet.noneOf(Lie.class));
    }

    /// A runtime that lies: for tests that a lie never ends in a GO.
    public SimulatedRuntime(SimulatedWorld world, SimulatedTimeline timeline, long seed, Set<Lie> lies) {
        this.world = world;
        this.timeline = timeline;
        this.seed = seed;
        this.lies = Set.copyOf(lies);
        Set<String> all = world.services().stream().map(ServiceModel::name).collect(Collectors.toSet());
        this.live = new SimulatedSystem(world, timeline, seed, null, all, SimulatedData.initial(world));
        if (world.liveRuns()) {
            world.services().forEach(each -> live.processes().assumeUp(each.name(), Release.of(each.version())));
        }
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Live discover(Topology topology, boolean start, EffectLog effects) {
        List<String> absent = new ArrayList<>();
        for (Service service : topology.services().values()) {
            world.service(service.name());
            if (live.processes().of(service.name()).stream().noneMatch(Incarnation::isUp)) {
                absent.add(service.name());
            }
        }
        if (!absent.isEmpty() && !start) {
            throw new EnvironmentException("in simulated live these don't run: " + String.join(", ", absent));
        }
        Map<String, EffectLog.Effect> started = new LinkedHashMap<>();
        absent.forEach(service -> started.put(service, startLive(service, effects)));
        return new SimulatedLive(topology, world.drift(), live, started, this::pressure);
    }

    private EffectLog.Effect startLive(String service, EffectLog effects) {
        EffectLog.Effect effect = effects.intend("start simulated live " + service, "stop it");
        List<Incarnation> begun = live.processes().start(service, release(service));
        long deadline = timeline.now() + world.service(service).healthWithin().toNanos();
        begun.forEach(incarnation -> timeline.await(incarnation.settled, deadline));
        if (!begun.stream().allMatch(Incarnation::isUp)) {
            throw new EnvironmentException("simulated live " + service + " is not healthy in time");
        }
        return effect;
    }

    @Override
    public Shadow clone(ShadowRequest request) {
        ShadowSpec spec = request.scenario().shadow();
        List<String> present =
                request.scenario().shadowServices().map(Service::name).toList();
        SimulatedData golden = golden(spec);
        EffectLog.Effect effect = request.effects().intend("simulate a shadow for " + request.runId(), "forget it");
        long frozenAt = request.sampleTime().now();
        timeline.sleep(COPYING);
        Map<ArmName, SimulatedArm> arms = new EnumMap<>(ArmName.class);
        for (ArmName name : ArmName.values()) {
            Set<Lie> told = name == ArmName.CANDIDATE ? lies : Set.of();
            SimulatedSystem system =
                    new SimulatedSystem(world, timeline, seed, name, Set.copyOf(present), golden.copy());
            List<String> started = present.stream()
                    .filter(service -> spec.mode(service) == ShadowSpec.ServiceMode.RUN)
                    .toList();
            arms.put(name, new SimulatedArm(name, world, system, started, told));
        }
        long frozenMillis = EPOCH.toEpochMilli() + frozenAt / 1_000_000;
        Shadow.Copied copied = new Shadow.Copied(frozenAt, frozenMillis, frozenMillis + 1, golden.bytes(), Map.of());
        SimulatedShadow shadow = new SimulatedShadow(world, timeline, golden, copied, arms, effect, lies);
        shadows.add(shadow);
        return shadow;
    }

    private SimulatedData golden(ShadowSpec spec) {
        SimulatedData golden = live.data().copy();
        SimulatedData fresh = SimulatedData.initial(world);
        spec.data().forEach((service, source) -> {
            switch (source) {
                case ShadowSpec.DataSource.Snapshot _ -> {}
                case ShadowSpec.DataSource.Empty _ -> golden.put(service, fresh.tables(service));
                case ShadowSpec.DataSource.Restore _, ShadowSpec.DataSource.Command _ ->
                    throw new EnvironmentException("simulated data of '" + service + "' is a snapshot or empty");
            }
        });
        return golden;
    }

    /// Sends a request to live as a user would, and waits for the answer until `timeout`.
    public Answer askLive(Request request, Duration timeout) {
        if (isShared()) {
            timeline.sleep(world.host().slower());
        }
        return live.exchange(Link.entering(request.service()), request, timeline.now() + timeout.toNanos());
    }

    /// How hard work on live's host has to wait.
    Pressure pressure() {
        boolean says = !world.host().pressure().equals(Pressure.UNKNOWN);
        return isShared() || !says ? world.host().pressure() : AT_EASE;
    }

    private boolean isShared() {
        return shadows.stream().anyMatch(SimulatedShadow::isRunning);
    }

    /// The timeline everything happens on.
    SimulatedTimeline timeline() {
        return timeline;
    }

    @Override
    public List<String> clean() {
        List<String> left = new ArrayList<>();
        shadows.forEach(shadow -> left.addAll(shadow.dispose()));
        shadows.clear();
        return left;
    }

    @Override
    public void close() {
        clean();
    }

    private Release release(String service) {
        return Release.of(world.service(service).version());
    }
}
