package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the engine answered to a call, read to its end.
record Reply(Call call, int status, byte[] body) {
    private static final int MOST = 400;

    boolean isFine() {
        return status >= 200 && status < 300;
    }

    /// Whether what the call is about isn't there.
    boolean isNotThere() {
        return status == 404;
    }

    /// Whether it is already as asked, as the engine says of starting what runs and stopping what doesn't.
    boolean isUnchanged() {
        return status == 304;
    }

    /// @throws EnvironmentException with the engine's own words and the call
    Reply orThrow() {
        if (!isFine() && !isUnchanged()) {
            throw refusal();
        }
        return this;
    }

    EnvironmentException refusal() {
        return new EnvironmentException("the engine answered " + status + " to " + call + ": " + reason());
    }

    /// @throws EnvironmentException if it is a refusal or no JSON
    JsonNode json() {
        orThrow();
        try {
            return Json.read(body);
        } catch (JacksonException e) {
            throw new EnvironmentException(
                    "what answered " + call + " is no Docker engine, or a broken one: '" + beginning() + "'", e);
        }
    }

    /// The engine's `message`, or whatever it said instead.
    String reason() {
        try {
            String message = Json.read(body).path("message").asString("");
            return message.isEmpty() ? said() : message.strip();
        } catch (JacksonException notJson) {
            return said();
        }
    }

    private String said() {
        return body.length == 0 ? "nothing more" : "'" + beginning() + "'";
    }

    private String beginning() {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    }
}
