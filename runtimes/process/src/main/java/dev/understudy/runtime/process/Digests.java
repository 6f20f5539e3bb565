package dev.understudy.runtime.process;

import dev.understudy.runtime.Release;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What identifies that which a service runs: its command, the content of every file the command names
/// (each entry of a
/// class path, each file of a `directory/*`), and its environment, all before addresses are filled in, so
/// that the same
/// release has the same digest in live and in every arm. Thread-safe.
final class Digests {
    private final Map<String, String> files = new ConcurrentHashMap<>();

    /// SHA-256, in hexadecimal.
    String of(Service service, Release release, Path directory) {
        MessageDigest digest = sha256();
        Service.Version version = service.versions().get(release.version());
        if (version != null) {
            for (Template word : version.command()) {
                update(digest, word.text());
                named(word.text(), directory).flatMap(Digests::files).forEach(file -> update(digest, content(file)));
            }
            environment(digest, version.environment());
        }
        environment(digest, service.environment());
        environment(digest, release.settings());
        update(digest, release.version());
        return HexFormat.of().formatHex(digest.digest());
    }

    /// SHA-256 of a text, in hexadecimal.
    static String of(String text) {
        MessageDigest digest = sha256();
        update(digest, text);
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The files and directories that a word of a command names: itself, or the entries of a class path.
    static Stream<Path> named(String word, Path directory) {
        return Stream.of(word.split(":")).flatMap(part -> {
            try {
                Path path = directory.resolve(part.endsWith("/*") ? part.substring(0, part.length() - 2) : part);
                return !part.isEmpty() && Files.exists(path) ? Stream.of(path) : Stream.empty();
            } catch (java.nio.file.InvalidPathException notAPath) {
                return Stream.empty();
            }
        });
    }

    /// The regular files among them, those directly in a directory included.
    private static Stream<Path> files(Path named) {
        if (Files.isRegularFile(named)) {
            return Stream.of(named);
        }
        try (Stream<Path> all = Files.list(named)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private String content(Path file) {
        try {
            String key = file + "@" + Files.size(file) + "@" + Files.getLastModifiedTime(file);
            String known = files.get(key);
            if (known == null) {
                MessageDigest digest = sha256();
                digest.update(Files.readAllBytes(file));
                known = HexFormat.of().formatHex(digest.digest());
                files.put(key, known);
            }
            return known;
        } catch (IOException unreadable) {
            return "unreadable";
        }
    }

    private static void environment(MessageDigest digest, Map<String, Template> environment) {
        new TreeMap<>(environment).forEach((name, value) -> update(digest, name + "=" + value.text()));
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

    /// A command as one would type it, fit to be recorded: without the secrets in it.
    static String typed(List<String> command) {
        return Secrets.typed(command);
    }
}
