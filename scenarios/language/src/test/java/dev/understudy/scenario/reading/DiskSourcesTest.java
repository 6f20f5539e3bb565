package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.SourceTree.Found;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSourcesTest {
    @TempDir
    private Path root;

    @Test
    void filesAreReadRelativeToTheRootOrByTheirAbsoluteName() throws IOException {
        Path file = Files.writeString(Files.createDirectories(root.resolve("a")).resolve("b.yaml"), "x");
        assertThat(new DiskSources(root).open("a/b.yaml")).isInstanceOf(Found.Content.class);
        assertThat(new DiskSources(root).open(file.toString())).isInstanceOf(Found.Content.class);
        assertThat(new DiskSources(root).whyUnreadable("a/b.yaml")).isEmpty();
    }

    @Test
    void aHundredMegabytesAreRefusedUnread() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("big.yaml").toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        DiskSources sources = new DiskSources(root);
        assertThat(sources.open("big.yaml"))
                .isEqualTo(new Found.Unreadable("it has 104857600 bytes; at most 4194304 are read"));
        assertThat(sources.whyUnreadable("big.yaml")).isEmpty();
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        Files.createDirectory(root.resolve("d"));
        SourceTree sources = new DiskSources(root);
        assertThat(sources.open("d")).isEqualTo(new Found.Unreadable("it is a directory"));
        assertThat(sources.open("nothing")).isEqualTo(new Found.Unreadable("no such file"));
        assertThat(sources.open("a\u0000b")).isEqualTo(new Found.Unreadable("no file can have this name"));
        assertThat(new DiskSources(Path.of("/")).open("dev/zero"))
                .isEqualTo(new Found.Unreadable("it is not a regular file"));
    }

    @Test
    void aDirectoryIsToldFromEverythingElse() throws IOException {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("f"), "x");
        SourceTree sources = new DiskSources(root);
        assertThat(sources.whyNoDirectory("d")).isEmpty();
        assertThat(sources.whyNoDirectory("f")).contains("it is a file, not a directory");
        assertThat(sources.whyNoDirectory("nothing")).contains("no such directory");
        assertThat(sources.whyNoDirectory("a\u0000b")).contains("no file can have this name");
    }
}
