package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.Program;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarStreamTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void tarUnpacksWhatWasPacked(@TempDir Path directory) throws Exception {
        String deep = "d/" + "long-name/".repeat(20) + "ü.txt";
        Path source = Files.write(directory.resolve("source"), new byte[100_000]);
        Files.setLastModifiedTime(source, FileTime.from(TIME));
        Path file = directory.resolve("all.tar");
        try (OutputStream out = Files.newOutputStream(file);
                TarStream tar = new TarStream(out, TIME)) {
            tar.directory("d", 0750);
            tar.file("d/script", "#!".getBytes(StandardCharsets.UTF_8), 0755);
            tar.file("d/empty", new byte[0], 0600);
            tar.file(deep, "deep".getBytes(StandardCharsets.UTF_8), 0644);
            tar.file("large", source, 0644);
            tar.link("link", "d/script");
            tar.link("far", "x/".repeat(60) + "y");
        }
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Program.require(
                List.of("tar", "--extract", "-p", "--file", file.toString(), "--directory", unpacked.toString()),
                Duration.ofSeconds(20));

        assertThat(unpacked.resolve(deep)).hasContent("deep");
        assertThat(unpacked.resolve("d/empty")).isEmptyFile();
        assertThat(unpacked.resolve("large")).hasSameBinaryContentAs(source);
        assertThat(Files.getLastModifiedTime(unpacked.resolve("large")).toInstant())
                .isEqualTo(TIME);
        assertThat(Files.readSymbolicLink(unpacked.resolve("link"))).hasToString("d/script");
        assertThat(Files.readSymbolicLink(unpacked.resolve("far")).toString()).hasSize(121);
        assertThat(Files.getPosixFilePermissions(unpacked.resolve("d/script"))).hasSize(7);
    }
}
