package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes, changes and removes the things of one run in an engine, and touches nothing else: everything it makes
/// carries the run's label, and everything it changes has to be a [Made] that still carries it. Thread-safe.
public final class EngineWork implements AutoCloseable {
    private final EngineWire wire;
    private final String run;
    private final ContainerWork containers;
    private final NetworkWork networks;
    private final VolumeWork volumes;
    private final ImageWork images;

    private EngineWork(EngineWire wire, String run) {
        this.wire = wire;
        this.run = run;
        Proof proof = new Proof(wire, run);
        this.containers = new ContainerWork(wire, proof);
        this.networks = new NetworkWork(wire, proof);
        this.volumes = new VolumeWork(wire, proof);
        this.images = new ImageWork(wire, proof);
    }

    /// @throws EnvironmentException if no engine answers there, or one that is too old
    public static EngineWork open(EngineAddress address, String run) {
        return new EngineWork(Opening.open(address), run);
    }

    /// The same engine for another run, as when what one that died has left is removed. Closed with this one.
    public EngineWork of(String otherRun) {
        return new EngineWork(wire, otherRun);
    }

    public String run() {
        return run;
    }

    public ContainerWork containers() {
        return containers;
    }

    public NetworkWork networks() {
        return networks;
    }

    public VolumeWork volumes() {
        return volumes;
    }

    public ImageWork images() {
        return images;
    }

    /// Everything of this run that the engine holds, also what this process knows nothing of.
    public List<Made> made() {
        return made(Map.of(Mark.RUN, run));
    }

    /// Everything of this run that carries these labels too.
    public List<Made> made(Map<String, String> labels) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(Mark.RUN, run);
        return new Inventory(wire).of(all).stream().map(Inventory.Entry::made).toList();
    }

    /// The runs that have something in the engine, this one among them if it has.
    public List<String> runs() {
        return new Inventory(wire)
                .of(Map.of()).stream()
                        .map(Inventory.Entry::run)
                        .distinct()
                        .sorted()
                        .toList();
    }

    /// Removes everything of this run; returns what is left, one line each with the engine's reason.
    public List<String> sweep() {
        return new Sweep(this).remove(made());
    }

    @Override
    public void close() {
        wire.close();
    }
}
