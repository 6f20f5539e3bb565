package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two arms of a world. Only for threads of its timeline.
final class SimulatedShadow implements Shadow {
    private final SimulatedWorld world;
    private final SimulatedTimeline timeline;
    private final SimulatedData golden;
    private final Copied copied;
    private final Map<ArmName, SimulatedArm> arms;
    private final EffectLog.Effect effect;
    private final Set<Lie> lies;
    private boolean running;
    private boolean disposed;

    SimulatedShadow(
            SimulatedWorld world,
            SimulatedTimeline timeline,
            SimulatedData golden,
            Copied copied,
            Map<ArmName, SimulatedArm> arms,
            EffectLog.Effect effect,
            Set<Lie> lies) {
        this.world = world;
        this.timeline = timeline;
        this.golden = golden;
        this.copied = copied;
        this.arms = new EnumMap<>(arms);
        this.effect = effect;
        this.lies = lies;
    }

    @Override
    public Arm arm(ArmName name) {
        return own(name);
    }

    private SimulatedArm own(ArmName name) {
        SimulatedArm arm = arms.get(name);
        if (arm == null || disposed) {
            throw new IllegalStateException("the shadow is gone, and its " + name + " arm with it");
        }
        return arm;
    }

    @Override
    public Copied copied() {
        return copied;
    }

    @Override
    public List<Probe> probe() {
        List<Probe> probes = new ArrayList<>();
        for (ArmName name : ArmName.values()) {
            boolean open = name == ArmName.CANDIDATE && lies.contains(Lie.ROUTE_LEFT_OPEN);
            for (ServiceModel service : world.services()) {
                probes.add(new Probe(
                        name,
                        "connect to live's " + service.name(),
                        !open,
                        open ? "connected" : "no route from a simulated arm"));
            }
            probes.add(new Probe(name, "write into live's directory", true, "a simulated arm has no files"));
            probes.add(new Probe(name, "signal live's processes", true, "a simulated arm has no processes"));
        }
        return probes;
    }

    /// Whether services of it run.
    boolean isRunning() {
        return running;
    }

    @Override
    public void start() {
        running = true;
        long began = timeline.now();
        List<Incarnation> begun = new ArrayList<>();
        for (ArmName name : ArmName.values()) {
            begun.addAll(own(name).begin());
        }
        List<String> failed = new ArrayList<>();
        for (Incarnation incarnation : begun) {
            long within = world.service(incarnation.service).healthWithin().toNanos();
            timeline.await(incarnation.settled, began + within);
            if (!incarnation.isUp()) {
                failed.add(incarnation.service + "#" + incarnation.index + " is not healthy: " + incarnation.lastWords);
            }
        }
        if (!failed.isEmpty()) {
            throw new EnvironmentException("the shadow did not start: " + String.join("; ", failed));
        }
    }

    @Override
    public void reset() {
        running = false;
        for (ArmName name : ArmName.values()) {
            own(name).reset(golden.copy());
        }
    }

    @Override
    public List<String> dispose() {
        if (!disposed) {
            arms.values().forEach(arm -> arm.reset(golden));
            running = false;
            disposed = true;
            if (!lies.contains(Lie.NOT_REMOVED)) {
                effect.undone(true);
            }
        }
        return lies.contains(Lie.NOT_REMOVED) ? List.of("the simulated candidate: it can't be removed") : List.of();
    }
}
