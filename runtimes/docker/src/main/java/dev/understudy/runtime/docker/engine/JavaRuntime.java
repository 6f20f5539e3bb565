package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Digest;
import dev.understudy.store.FileTree;
import dev.understudy.store.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java that link containers run on: the one that runs this tool, cut down to a few modules where `jlink`
/// is at hand, else as it is without what only developers need. Immutable.
///
/// @param home where it is on this host
/// @param identity what tells it from others
record JavaRuntime(Path home, String identity) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> FOR_DEVELOPERS = List.of("jmods", "demo", "man", "include", "legal");

    /// @param cache where a cut-down runtime is kept from one run to the next; nobody else may be at it
    /// @throws EnvironmentException if the cache can't be written
    static JavaRuntime of(List<String> modules, Path cache) {
        Path running = Path.of(System.getProperty("java.home"));
        String identity = String.join(
                " ",
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.runtime.version"),
                System.getProperty("os.arch"),
                String.join(",", modules));
        Path jlink = running.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            return new JavaRuntime(running, identity + " whole");
        }
        String key = Digest.of(identity.getBytes(StandardCharsets.UTF_8)).substring(7, 19);
        Path cut = cache.resolve("java-" + key);
        return Files.isDirectory(cut) || isMade(jlink, modules, cache, cut)
                ? new JavaRuntime(cut, identity)
                : new JavaRuntime(running, identity + " whole");
    }

    /// Every file of it, in order.
    List<Path> files() {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> isNeeded(home.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EnvironmentException("cannot read the Java runtime in " + home + ": " + e.getMessage(), e);
        }
    }

    private static boolean isNeeded(Path file) {
        return !FOR_DEVELOPERS.contains(file.getName(0).toString()) && !file.endsWith("src.zip");
    }

    /// @return whether it could be made: a `jlink` without modules to link can't
    private static boolean isMade(Path jlink, List<String> modules, Path cache, Path cut) {
        Path fresh = cache.resolve(cut.getFileName() + ".new");
        FileTree.deleteQuietly(fresh);
        try {
            Files.createDirectories(cache);
            List<String> command = new ArrayList<>(List.of(
                    jlink.toString(),
                    "--add-modules",
                    String.join(",", modules),
                    "--strip-debug",
                    "--no-header-files",
                    "--no-man-pages",
                    "--generate-cds-archive",
                    "--output",
                    fresh.toString()));
            if (Program.run(command, LIMIT).exitCode() != 0) {
                FileTree.deleteQuietly(fresh);
                return false;
            }
            Files.move(fresh, cut);
            return true;
        } catch (IOException e) {
            throw new EnvironmentException("cannot make a Java runtime in " + cache + ": " + e.getMessage(), e);
        }
    }
}
