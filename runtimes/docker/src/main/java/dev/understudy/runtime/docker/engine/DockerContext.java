package dev.understudy.runtime.docker.engine;

import dev.understudy.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A context of the `docker` command, as its store keeps it: `contexts/meta/<sha256 of the name>/meta.json`,
/// and TLS material beside it in `contexts/tls/<sha256 of the name>/docker`.
///
/// @param host the address of its engine
/// @param tls the directory with its certificates, if it has any
record DockerContext(String host, Optional<Path> tls) {
    /// @param place what asked for the context, for messages
    static Optional<DockerContext> read(Path config, String name, String place, List<String> faults) {
        String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length());
        Path file = config.resolve("contexts/meta").resolve(digest).resolve("meta.json");
        if (!Files.exists(file)) {
            faults.add(place + ": there is no context '" + name + "'; there are: " + names(config));
            return Optional.empty();
        }
        JsonNode endpoint;
        try {
            endpoint = Json.read(Files.readAllBytes(file)).path("Endpoints").path("docker");
        } catch (IOException | JacksonException e) {
            faults.add("context '" + name + "' in " + file + ": " + Json.reason(e));
            return Optional.empty();
        }
        String host = endpoint.path("Host").asString("");
        if (host.isEmpty()) {
            faults.add("context '" + name + "' in " + file + " names no host of a Docker engine");
            return Optional.empty();
        }
        Path tls = config.resolve("contexts/tls").resolve(digest).resolve("docker");
        if (endpoint.path("SkipTLSVerify").asBoolean(false)) {
            faults.add("context '" + name + "' in " + file
                    + " has SkipTLSVerify: an engine that can't be told from another is not asked");
        }
        return Optional.of(new DockerContext(host, Files.isDirectory(tls) ? Optional.of(tls) : Optional.empty()));
    }

    private static String names(Path config) {
        try (Stream<Path> all = Files.list(config.resolve("contexts/meta"))) {
            List<String> names = all.map(directory -> nameIn(directory.resolve("meta.json")))
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
            return names.isEmpty() ? "none" : String.join(", ", names);
        } catch (IOException none) {
            return "none";
        }
    }

    private static String nameIn(Path file) {
        try {
            return Json.read(Files.readAllBytes(file)).path("Name").asString("");
        } catch (IOException | JacksonException unreadable) {
            return "";
        }
    }
}
