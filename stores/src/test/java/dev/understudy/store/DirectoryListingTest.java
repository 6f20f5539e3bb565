package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.DataImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryListingTest {
    @TempDir
    Path directory;

    @Test
    void shortTextIsListedAsItIsAndTheRestByDigest() throws Exception {
        Files.createDirectories(directory.resolve("b/empty"));
        Files.writeString(directory.resolve("b/text"), "grüße\n");
        Files.write(directory.resolve("a"), new byte[] {(byte) 0xff, 0});
        Files.writeString(directory.resolve("long"), "x".repeat(64 * 1024 + 1));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));

        DataImage image = new DirectoryListing().list(directory, "files");

        DataImage.Table files = image.tables().getFirst();
        assertThat(files.columns()).containsExactly("path", "content");
        assertThat(files.key()).containsExactly(0);
        assertThat(files.rows().stream().map(List::getFirst)).containsExactly("a", "b/text", "long");
        assertThat(files.rows().get(1).get(1)).isEqualTo("grüße\n");
        assertThat(files.rows().get(0).get(1)).matches("sha256:[0-9a-f]{64}");
        assertThat(files.rows().get(2).get(1)).matches("sha256:[0-9a-f]{64}");
        assertThat(image.structure()).containsExactly("directory b", "directory b/empty", "link link -> a");
        assertThat(image.incomplete()).isEmpty();
    }
}
