package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes containers of a run and deals with them. What is already as asked is fine; what isn't this run's is
/// refused. Thread-safe.
public final class ContainerWork {
    private final EngineWire wire;
    private final Proof proof;

    ContainerWork(EngineWire wire, Proof proof) {
        this.wire = wire;
        this.proof = proof;
    }

    /// Doesn't start it.
    /// @param body as the engine's `ContainerCreate` takes it; labels in it stay
    /// @param networking the first network and what the container is called there, as `NetworkingConfig`; may
    ///     be empty
    public Made create(Mark mark, String name, ObjectNode body, ObjectNode networking) {
        ObjectNode asked = body.deepCopy();
        asked.withObject("/Labels").setAll(Json.object(mark.labels(proof.run())));
        if (!networking.isEmpty()) {
            asked.set("NetworkingConfig", networking);
        }
        JsonNode made = wire.send(Call.post("/containers/create").with("name", name), asked, EngineWire.LONG)
                .json();
        return proof.of(Made.Kind.CONTAINER, made.path("Id").asString(""), name);
    }

    public void start(Made container) {
        proof.require(container);
        wire.ask(post("start", container), EngineWire.LONG).orThrow();
    }

    /// Asks it to end, and kills it after `grace`.
    public void stop(Made container, Duration grace) {
        proof.require(container);
        long seconds = Math.max(0, grace.toSeconds());
        wire.ask(post("stop", container).with("t", Long.toString(seconds)), EngineWire.SHORT.plus(grace))
                .orThrow();
    }

    /// @param signal as `SIGTERM`
    public void kill(Made container, String signal) {
        proof.require(container);
        wire.ask(post("kill", container).with("signal", signal)).orThrow();
    }

    public void pause(Made container) {
        proof.require(container);
        wire.ask(post("pause", container)).orThrow();
    }

    public void unpause(Made container) {
        proof.require(container);
        wire.ask(post("unpause", container)).orThrow();
    }

    /// The exit code of the main process, once it has ended; cancelling gives up waiting.
    public Future<Integer> exit(Made container) {
        proof.require(container);
        FutureTask<Integer> waiting = new FutureTask<>(
                () -> wire.ask(post("wait", container).with("condition", "not-running"), Patience.ENDLESS)
                        .json()
                        .path("StatusCode")
                        .asInt(-1));
        Thread.ofVirtual().name("exit of " + container.name()).start(waiting);
        return waiting;
    }

    /// Kills it if it runs, and removes it with the volumes that only it knows. Fine if it has gone already.
    public void remove(Made container) {
        if (!proof.isStillThere(container)) {
            return;
        }
        Reply reply = wire.ask(
                Call.delete("/containers/{id}", container.id())
                        .with("force", "true")
                        .with("v", "true"),
                EngineWire.LONG);
        if (!reply.isNotThere() && !reply.reason().contains("is already in progress")) {
            reply.orThrow();
        }
    }

    boolean isStillThere(Made container) {
        return proof.isStillThere(container);
    }

    /// @param body limits and the restart policy, as the engine's `ContainerUpdate` takes them
    public void update(Made container, ObjectNode body) {
        proof.require(container);
        wire.send(post("update", container), body, EngineWire.SHORT).orThrow();
    }

    /// @return the same under its new name
    public Made rename(Made container, String name) {
        proof.require(container);
        wire.ask(post("rename", container).with("name", name)).orThrow();
        return new Made(container.kind(), container.id(), name, container.createdAt());
    }

    /// Runs a command in it, to its end.
    /// @throws EnvironmentException if it doesn't end in time; the engine has no way to end it, so it goes on
    public Ran exec(Made container, List<String> words, Map<String, String> environment, Duration limit) {
        proof.require(container);
        return new Execution(wire, container, words, environment).run(limit);
    }

    /// Unpacks a tar into a directory of it that exists; owners and modes are those of the tar.
    public void putArchive(Made container, String path, InputStream tar) {
        proof.require(container);
        Call call = Call.put("/containers/{id}/archive", container.id())
                .with("path", path)
                .with("noOverwriteDirNonDir", "true")
                .with("copyUIDGID", "true");
        wire.send(call, tar, Patience.ENDLESS).orThrow();
    }

    /// A file or directory of it as a tar. To be closed.
    public InputStream getArchive(Made container, String path) {
        return wire.stream(
                Call.get("/containers/{id}/archive", container.id()).with("path", path), null, EngineWire.LONG);
    }

    private static Call post(String what, Made container) {
        return Call.post("/containers/{id}/" + what, container.id());
    }
}
