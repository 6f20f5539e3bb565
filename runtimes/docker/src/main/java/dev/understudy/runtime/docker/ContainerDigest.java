package dev.understudy.runtime.docker;

import dev.understudy.scenario.Service;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What identifies that which a container runs: its image by id, command, entry point, environment, user and working
/// directory as the engine tells of them, and the files that its version puts into it. Live and arms have the same for
/// the same.
final class ContainerDigest {
    private static final List<String> FIELDS = List.of("Entrypoint", "Cmd", "User", "WorkingDir");

    private ContainerDigest() {}

    /// SHA-256, in hexadecimal.
    static String of(JsonNode inspect, Service.Version version) {
        MessageDigest digest = sha256();
        update(digest, inspect.path("Image").asString(""));
        for (String field : FIELDS) {
            JsonNode value = inspect.path("Config").path(field);
            update(digest, value.isNull() || (value.isEmpty() && !value.isString()) ? "" : value.toString());
        }
        TreeSet<String> environment = new TreeSet<>();
        inspect.path("Config").path("Env").forEach(line -> environment.add(line.asString()));
        environment.forEach(line -> update(digest, line));
        new TreeMap<>(version.packaging().files()).forEach((path, file) -> update(digest, path + "=" + file));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
