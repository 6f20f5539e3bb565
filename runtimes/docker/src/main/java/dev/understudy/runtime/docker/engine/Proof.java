package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Makes sure, at the moment something is about to be changed, that it is still what this run has made: its
/// label and when it was created are read again. Thread-safe.
///
/// @param run the run whose things may be changed
record Proof(EngineWire wire, String run) {
    /// @return whether it is still there
    /// @throws EnvironmentException if what is there now is another's, naming both
    boolean isStillThere(Made made) {
        Optional<JsonNode> now = now(made);
        now.ifPresent(found -> compare(made, found));
        return now.isPresent();
    }

    /// @throws EnvironmentException if it has gone, or what is there now is another's
    void require(Made made) {
        if (!isStillThere(made)) {
            throw new EnvironmentException(made + " is no longer there; it was made at " + made.createdAt());
        }
    }

    /// Reads what has just been made, to know when that was.
    Made of(Made.Kind kind, String id, String name) {
        return seek(kind, id, name)
                .orElseThrow(() ->
                        new EnvironmentException(kind + " '" + name + "' was made and is not there a moment later"));
    }

    /// The same for what may have gone.
    Optional<Made> seek(Made.Kind kind, String id, String name) {
        return now(new Made(kind, id, name, "")).map(found -> new Made(kind, id, name, createdAt(kind, found)));
    }

    private Optional<JsonNode> now(Made made) {
        Reply reply = wire.ask(
                switch (made.kind()) {
                    case CONTAINER -> Call.get("/containers/{id}/json", made.id());
                    case NETWORK -> Call.get("/networks/{id}", made.id());
                    case VOLUME -> Call.get("/volumes/{name}", made.id());
                    case IMAGE -> Call.get("/images/{name}/json", made.id());
                });
        return reply.isNotThere() ? Optional.empty() : Optional.of(reply.json());
    }

    private void compare(Made made, JsonNode found) {
        String theirs = labels(made.kind(), found).path(Mark.RUN).asString("");
        String created = createdAt(made.kind(), found);
        if (!theirs.equals(run) || !created.equals(made.createdAt())) {
            throw new EnvironmentException("left alone: " + made + " was made by run '" + run + "' at "
                    + made.createdAt() + ", and what is there now is " + made.kind() + " '"
                    + found.path("Name").asString(made.id()) + "', "
                    + (theirs.isEmpty() ? "of no run" : "of run '" + theirs + "'")
                    + (created.isEmpty() ? "" : ", made at " + created));
        }
    }

    static JsonNode labels(Made.Kind kind, JsonNode found) {
        return switch (kind) {
            case CONTAINER, IMAGE -> found.path("Config").path("Labels");
            case NETWORK, VOLUME -> found.path("Labels");
        };
    }

    static String createdAt(Made.Kind kind, JsonNode found) {
        return kind == Made.Kind.VOLUME
                ? found.path("Labels").path(Mark.MADE).asString("")
                : found.path("Created").asString("");
    }
}
