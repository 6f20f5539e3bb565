package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One command in a running container.
record Execution(EngineWire wire, Made container, List<String> words, Map<String, String> environment) {
    private static final int SHOWN = 64 << 10;

    Ran run(Duration limit) {
        ObjectNode asked = Json.object().put("AttachStdout", true).put("AttachStderr", true);
        asked.set("Cmd", Json.array(words));
        asked.set(
                "Env",
                Json.array(environment.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList()));
        String id = wire.send(Call.post("/containers/{id}/exec", container.id()), asked, EngineWire.SHORT)
                .json()
                .path("Id")
                .asString("");
        Tail output = new Tail(SHOWN);
        read(id, output, limit);
        return new Ran(exitCode(id), output.toString());
    }

    private void read(String id, Tail output, Duration limit) {
        ObjectNode started = Json.object().put("Detach", false).put("Tty", false);
        try (InputStream in = wire.stream(Call.post("/exec/{id}/start", id), started, EngineWire.LONG)) {
            Patience.within(limit, what(), () -> {
                Frames.read(in, output::add);
                return true;
            });
        } catch (IOException e) {
            throw new EnvironmentException(what() + ": its output broke off: " + e.getMessage() + said(output), e);
        } catch (EnvironmentException e) {
            throw new EnvironmentException(e.getMessage() + said(output), e);
        }
    }

    /// The output can end a moment before the engine has noted that the command has.
    private int exitCode(String id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        JsonNode state = wire.ask(Call.get("/exec/{id}/json", id)).json();
        while (state.path("Running").asBoolean(false)) {
            if (System.nanoTime() > deadline) {
                throw new EnvironmentException(what() + " closed its output and goes on");
            }
            Pauses.shortly();
            state = wire.ask(Call.get("/exec/{id}/json", id)).json();
        }
        return state.path("ExitCode").asInt(-1);
    }

    private String what() {
        return "'" + String.join(" ", words) + "' in " + container;
    }

    private static String said(Tail output) {
        return output.toString().isBlank() ? "" : "; it printed: " + output;
    }
}
