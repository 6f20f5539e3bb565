package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Looks at what an engine runs, and can't change it: whatever goes through here is a `GET`. Thread-safe.
///
/// Answers are trees with every field the engine sent. Filters are the engine's own, as in
/// `{"label": ["com.example.role=web"]}`. Errors hold the call and the engine's words.
public final class EngineReading implements AutoCloseable {
    private final EngineWire wire;
    private final GetOnly engine;
    private final JsonNode version;

    private EngineReading(EngineWire wire) {
        this.wire = wire;
        this.engine = new GetOnly(wire);
        this.version = engine.ask(Call.get("/version")).json();
    }

    /// @throws EnvironmentException if no engine answers there, or one that is too old
    public static EngineReading open(EngineAddress address) {
        return new EngineReading(Opening.open(address));
    }

    public EngineAddress address() {
        return wire.address();
    }

    /// What the engine said of itself when it was opened.
    public JsonNode version() {
        return version;
    }

    public JsonNode info() {
        return engine.ask(Call.get("/info")).json();
    }

    /// How much room images, containers and volumes take. Slow on engines with much of them.
    public JsonNode diskUsage() {
        return engine.ask(Call.get("/system/df")).json();
    }

    /// @param all whether also those that don't run
    public JsonNode containers(Map<String, List<String>> filters, boolean all) {
        return engine.ask(Call.get("/containers/json")
                        .with("all", Boolean.toString(all))
                        .filtered(filters))
                .json();
    }

    public JsonNode container(String id) {
        return engine.ask(Call.get("/containers/{id}/json", id)).json();
    }

    /// Nothing if there is no such container.
    public Optional<JsonNode> containerIfThere(String id) {
        return ifThere(Call.get("/containers/{id}/json", id));
    }

    public JsonNode images(Map<String, List<String>> filters) {
        return engine.ask(Call.get("/images/json").filtered(filters)).json();
    }

    public JsonNode image(String id) {
        return engine.ask(Call.get("/images/{name}/json", id)).json();
    }

    /// Nothing if there is no such image.
    public Optional<JsonNode> imageIfThere(String id) {
        return ifThere(Call.get("/images/{name}/json", id));
    }

    public JsonNode networks(Map<String, List<String>> filters) {
        return engine.ask(Call.get("/networks").filtered(filters)).json();
    }

    public JsonNode network(String id) {
        return engine.ask(Call.get("/networks/{id}", id)).json();
    }

    /// The list itself, without the warnings that come with it.
    public JsonNode volumes(Map<String, List<String>> filters) {
        return engine.ask(Call.get("/volumes").filtered(filters)).json().path("Volumes");
    }

    public JsonNode volume(String name) {
        return engine.ask(Call.get("/volumes/{name}", name)).json();
    }

    /// The processes of a running container.
    public JsonNode top(String id) {
        return engine.ask(Call.get("/containers/{id}/top", id)).json();
    }

    /// One reading of its counters; no time passes for it.
    public JsonNode stats(String id) {
        return engine.ask(Call.get("/containers/{id}/stats", id)
                        .with("stream", "false")
                        .with("one-shot", "true"))
                .json();
    }

    /// What differs from its image: paths with kinds 0 (changed), 1 (added), 2 (deleted). Empty if nothing
    /// does.
    public JsonNode changes(String id) {
        JsonNode changes = engine.ask(Call.get("/containers/{id}/changes", id)).json();
        return changes.isNull() ? Json.array(List.of()) : changes;
    }

    /// The last `lines` lines that a container printed, both outputs as they came.
    public String logs(String id, int lines) {
        boolean isTerminal = container(id).path("Config").path("Tty").asBoolean(false);
        Call call = Call.get("/containers/{id}/logs", id)
                .with("stdout", "true")
                .with("stderr", "true")
                .with("tail", Integer.toString(lines));
        byte[] body = engine.ask(call).orThrow().body();
        return isTerminal ? Frames.plain(body) : Frames.text(body);
    }

    /// What happens from `sinceEpochSeconds` on, one after the other, on a thread of its own, until it is
    /// closed.
    /// @param each is told of every event; what it throws ends the telling
    public Events events(long sinceEpochSeconds, Map<String, List<String>> filters, Consumer<JsonNode> each) {
        Call call = Call.get("/events")
                .with("since", Long.toString(sinceEpochSeconds))
                .filtered(filters);
        return Events.tell(engine.stream(call), each);
    }

    /// A file or directory of a container as a tar. To be closed.
    public InputStream archive(String id, String path) {
        return engine.stream(Call.get("/containers/{id}/archive", id).with("path", path));
    }

    /// The distinct calls that were made so far, as `GET /containers/{id}/json`, in order of the alphabet.
    public List<String> calls() {
        return engine.made();
    }

    private Optional<JsonNode> ifThere(Call call) {
        Reply reply = engine.ask(call);
        return reply.isNotThere() ? Optional.empty() : Optional.of(reply.json());
    }

    @Override
    public void close() {
        wire.close();
    }
}
