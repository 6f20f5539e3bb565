package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The images of real servers that tests run: `postgres`, `redis`, `mariadb`, `nginx`, built from
/// `src/test/docker` when what is there changes, and kept from one build to the next.
public final class ServiceImages {
    private static final Path SOURCES = Path.of("src/test/docker").toAbsolutePath();
    private static final String BASE = "debian:bookworm-slim";

    private ServiceImages() {}

    /// The tag of one, which the engine has when this returns. Where it can't be built for want of its base,
    /// the test is skipped with the reason.
    public static synchronized String tag(EngineAtHand engine, String name) {
        byte[] context = packed(SOURCES.resolve(name));
        String tag = "understudy-test-" + name + ":"
                + Digest.of(context).substring("sha256:".length()).substring(0, 12);
        ImageWork images = engine.work().images();
        if (images.labelled(tag, LinkImage.LABEL, "test").isEmpty()) {
            try {
                images.built(
                        tag, new ByteArrayInputStream(context), Map.of(LinkImage.LABEL, "test"), Map.of(), line -> {});
            } catch (EnvironmentException e) {
                Assumptions.assumeTrue(
                        engine.reading().imageIfThere(BASE).isPresent(),
                        "no " + BASE + ", which .ci/engine makes: " + e.getMessage());
                throw e;
            }
        }
        return tag;
    }

    private static byte[] packed(Path directory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarStream tar = new TarStream(bytes, Instant.EPOCH);
                Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                tar.file(name, Files.readAllBytes(file), name.equals("entrypoint") ? 0755 : 0644);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Those that there are.
    static List<String> names() {
        return List.of("postgres", "redis", "mariadb", "nginx");
    }
}
