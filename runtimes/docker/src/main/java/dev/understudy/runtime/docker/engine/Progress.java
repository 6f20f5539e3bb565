package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What an engine says while it builds, imports or pulls: a JSON object a line, the last of which may be an
/// error.
///
/// @param what is being done, for messages
/// @param told of every line for people
record Progress(String what, Consumer<String> told) {
    private static final int SHOWN = 4000;

    /// Reads to the end.
    /// @return the image's id if one was named, else an empty text
    /// @throws EnvironmentException if the engine reports an error
    String until(InputStream answer) {
        String id = "";
        Tail said = new Tail(SHOWN);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                JsonNode step = Json.read(line);
                if (step.has("error")) {
                    throw failed(step, said);
                }
                tell(step, said);
                id = idIn(step, id);
            }
            return id;
        } catch (IOException | JacksonException e) {
            throw new EnvironmentException(what + ": the engine's answer broke off: " + e.getMessage(), e);
        }
    }

    private EnvironmentException failed(JsonNode step, Tail said) {
        String before = said.toString().strip();
        return new EnvironmentException(what + ": "
                + step.path("error").asString("").strip() + (before.isEmpty() ? "" : "; before that: " + before));
    }

    private void tell(JsonNode step, Tail said) {
        String text = step.path("stream").asString(step.path("status").asString(""));
        said.add(text.getBytes(StandardCharsets.UTF_8));
        if (!text.isBlank()) {
            told.accept(text.strip());
        }
    }

    private static String idIn(JsonNode step, String before) {
        String built = step.path("aux").path("ID").asString("");
        String imported = step.path("status").asString("");
        if (!built.isEmpty()) {
            return built;
        }
        return imported.matches("sha256:[0-9a-f]{64}") ? imported : before;
    }
}
