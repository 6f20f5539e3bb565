package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How this user is logged in to the registry of an image, for the header `X-Registry-Auth`: from
/// `config.json`, or from the credential program that it names. Nothing of it is ever printed.
public final class RegistryLogin {
    private static final String HUB = "https://index.docker.io/v1/";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RegistryLogin() {}

    /// @param env the environment, for `DOCKER_CONFIG`
    /// @return nothing if nobody is logged in there
    /// @throws EnvironmentException if the program that `config.json` names can't be run
    public static Optional<String> find(Map<String, String> env, Path home, String reference) {
        String directory = env.getOrDefault("DOCKER_CONFIG", "");
        DockerConfig config = DockerConfig.read(directory.isBlank() ? home.resolve(".docker") : Path.of(directory));
        String registry = registry(reference);
        String program = config.content()
                .path("credHelpers")
                .path(registry)
                .asString(config.content().path("credsStore").asString(""));
        Optional<ObjectNode> login =
                program.isEmpty() ? written(config, registry) : asked("docker-credential-" + program, registry);
        return login.map(known -> Base64.getUrlEncoder().encodeToString(Json.bytes(known)));
    }

    /// What stands before the first slash, if it looks like a host; else the hub's address.
    static String registry(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost && !first.equals("docker.io") ? first : HUB;
    }

    private static Optional<ObjectNode> written(DockerConfig config, String registry) {
        JsonNode auths = config.content().path("auths");
        JsonNode entry = auths.has(registry) ? auths.path(registry) : auths.path("https://" + registry);
        String token = entry.path("identitytoken").asString("");
        if (!token.isEmpty()) {
            return Optional.of(Json.object().put("identitytoken", token).put("serveraddress", registry));
        }
        String auth = entry.path("auth").asString("");
        if (auth.isEmpty()) {
            return Optional.empty();
        }
        String both;
        try {
            both = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new EnvironmentException("the login for " + registry + " in " + config.file() + " is no base64", e);
        }
        int colon = both.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(login(both.substring(0, colon), both.substring(colon + 1), registry));
    }

    private static Optional<ObjectNode> asked(String program, String registry) {
        try {
            Process process = new ProcessBuilder(program, "get").start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(registry.getBytes(StandardCharsets.UTF_8));
            }
            byte[] out = Patience.within(
                    LIMIT, program, () -> process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                return Optional.empty();
            }
            JsonNode said = Json.read(out);
            return Optional.of(login(
                    said.path("Username").asString(""), said.path("Secret").asString(""), registry));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot ask '" + program + "' for the login to " + registry + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while asking '" + program + "'", e);
        }
    }

    /// A user of this name says that the secret is a token (the credential programs' protocol).
    private static ObjectNode login(String user, String secret, String registry) {
        ObjectNode login = Json.object().put("serveraddress", registry);
        return user.equals("<token>")
                ? login.put("identitytoken", secret)
                : login.put("username", user).put("password", secret);
    }
}
