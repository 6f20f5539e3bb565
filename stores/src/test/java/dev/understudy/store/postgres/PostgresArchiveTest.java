package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PostgresArchiveTest {
    @TempDir
    Path directory;

    @Test
    void modesAndLinksAreKept() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        PostgresArchive.unpack(packed(file("bin/program", 0755), link("lib/so", "so.1"), file("lib/so.1", 0644)), root);

        assertThat(Files.getPosixFilePermissions(root.resolve("bin/program")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(root.resolve("lib/so").toRealPath())
                .isEqualTo(root.resolve("lib/so.1").toRealPath());
    }

    @Test
    void nothingLeadsOutside() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectory(directory.resolve("outside"));

        assertRefused(root, packed(file("../outside/evil", 0644)));
        assertRefused(root, packed(file("a/../../outside/evil", 0644)));
        assertRefused(root, packed(link("exit", "../outside")));
        assertRefused(root, packed(link("exit", directory.resolve("outside").toString())));

        assertThat(directory.resolve("outside")).isEmptyDirectory();
    }

    private static void assertRefused(Path root, ByteArrayInputStream archive) {
        assertThatThrownBy(() -> PostgresArchive.unpack(archive, root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads outside");
    }

    private static TarArchiveEntry file(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK, true);
        entry.setLinkName(target);
        return entry;
    }

    private static ByteArrayInputStream packed(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (TarArchiveEntry entry : entries) {
                byte[] content = "content".getBytes(StandardCharsets.UTF_8);
                entry.setSize(entry.isSymbolicLink() ? 0 : content.length);
                tar.putArchiveEntry(entry);
                if (!entry.isSymbolicLink()) {
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
