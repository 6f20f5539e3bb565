package dev.understudy.runtime.docker.engine;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// Makes volumes of a run. Thread-safe.
public final class VolumeWork {
    private static final AtomicLong MADE = new AtomicLong();

    private final EngineWire wire;
    private final Proof proof;

    VolumeWork(EngineWire wire, Proof proof) {
        this.wire = wire;
        this.proof = proof;
    }

    /// @param body as the engine's `VolumeCreate` takes it, without the name; labels in it stay
    /// @throws dev.understudy.runtime.EnvironmentException if there is one of that name already, which the
    ///     engine itself would hand out as if it were new
    public Made create(Mark mark, String name, ObjectNode body) {
        String now = Instant.now() + "." + ProcessHandle.current().pid() + "." + MADE.incrementAndGet();
        ObjectNode asked = body.deepCopy();
        asked.put("Name", name);
        asked.withObject("/Labels")
                .setAll(Json.object(mark.labels(proof.run())))
                .put(Mark.MADE, now);
        wire.send(Call.post("/volumes/create"), asked, EngineWire.LONG).orThrow();
        Made made = new Made(Made.Kind.VOLUME, name, name, now);
        proof.require(made);
        return made;
    }

    /// Fine if it has gone already.
    /// @throws dev.understudy.runtime.EnvironmentException if a container uses it
    public void remove(Made volume) {
        if (proof.isStillThere(volume)) {
            Reply reply = wire.ask(Call.delete("/volumes/{name}", volume.id()), EngineWire.LONG);
            if (!reply.isNotThere()) {
                reply.orThrow();
            }
        }
    }
}
