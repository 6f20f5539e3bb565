package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Lets containers of live stand still and go on, and can do nothing else with them. Each is known by its id
/// and by when it was made, and is looked at again before it is touched. Thread-safe.
public final class LiveFreeze implements AutoCloseable {
    private static final String LOOK = "/containers/{id}/json";
    private static final String PAUSE = "/containers/{id}/pause";
    private static final String UNPAUSE = "/containers/{id}/unpause";

    private final EngineWire wire;

    private LiveFreeze(EngineWire wire) {
        this.wire = wire;
    }

    /// One container of live.
    ///
    /// @param created as the engine writes it
    public record Target(String id, String created) {
        @Override
        public String toString() {
            return "container " + id.substring(0, Math.min(12, id.length()));
        }
    }

    /// @throws EnvironmentException if no engine answers there, or one that is too old
    public static LiveFreeze open(EngineAddress address) {
        return new LiveFreeze(Opening.open(address));
    }

    /// All calls that are ever made here.
    public static List<String> calls() {
        return Stream.of(Call.get(LOOK, ""), Call.post(PAUSE, ""), Call.post(UNPAUSE, ""))
                .map(Call::shape)
                .toList();
    }

    /// Makes sure that it could be paused now.
    /// @throws EnvironmentException if it has gone, doesn't run, or stands still already by somebody else's
    ///     will
    public void requireRunning(Target target) {
        JsonNode state = state(target);
        if (state.path("Paused").asBoolean(false)) {
            throw new EnvironmentException(target + " is paused already, by somebody else; it is left alone");
        }
        if (!state.path("Running").asBoolean(false)) {
            throw new EnvironmentException(target + " does not run any more: its data is not copied");
        }
    }

    public void pause(Target target) {
        requireRunning(target);
        wire.ask(Call.post(PAUSE, target.id())).orThrow();
    }

    /// Whether it stands still now; one that has gone does not.
    public boolean isPaused(Target target) {
        Reply reply = wire.ask(Call.get(LOOK, target.id()));
        return !reply.isNotThere()
                && isIt(target, reply.json())
                && reply.json().path("State").path("Paused").asBoolean(false);
    }

    /// Lets it go on. Fine if it does already, or has gone.
    public void unpause(Target target) {
        if (isPaused(target)) {
            Reply reply = wire.ask(Call.post(UNPAUSE, target.id()));
            if (!reply.isFine() && isPaused(target)) {
                throw reply.refusal();
            }
        }
    }

    private JsonNode state(Target target) {
        Reply reply = wire.ask(Call.get(LOOK, target.id()));
        if (reply.isNotThere() || !isIt(target, reply.json())) {
            throw new EnvironmentException(target + ", made at " + target.created() + ", is no longer there");
        }
        return reply.json().path("State");
    }

    private static boolean isIt(Target target, JsonNode found) {
        return found.path("Created").asString("").equals(target.created());
    }

    @Override
    public void close() {
        wire.close();
    }
}
