package dev.understudy.runtime.docker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The `config.json` of the `docker` command: the current context and how to log in to registries. Immutable.
///
/// @param file where it is, or would be
/// @param content an empty object if there is none
/// @param fault why it can't be read, if it is there and can't
record DockerConfig(Path file, JsonNode content, Optional<String> fault) {
    static DockerConfig read(Path directory) {
        Path file = directory.resolve("config.json");
        if (!Files.exists(file)) {
            return new DockerConfig(file, Json.object(), Optional.empty());
        }
        try {
            return new DockerConfig(file, Json.read(Files.readAllBytes(file)), Optional.empty());
        } catch (IOException | JacksonException e) {
            return new DockerConfig(file, Json.object(), Optional.of(file + ": " + Json.reason(e)));
        }
    }

    Optional<String> currentContext() {
        return Optional.of(content.path("currentContext").asString("")).filter(name -> !name.isEmpty());
    }
}
