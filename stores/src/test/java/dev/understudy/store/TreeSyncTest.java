package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSyncTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private Path from;
    private Path to;

    @BeforeEach
    void sources() throws IOException {
        from = Files.createDirectories(directory.resolve("from"));
        to = Files.createDirectories(directory.resolve("to"));
    }

    private Path old(String name, String text) throws IOException {
        Path file = from.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, LONG_AGO);
        return file;
    }

    private String listed() {
        return new DirectoryListing().list(to, "x").tables().getFirst().rows().toString();
    }

    @Test
    void theFirstPassCopiesAllWithModesTimesAndLinks() throws IOException {
        Path script = old("bin/run", "#!/bin/sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(from.resolve("link"), Path.of("bin/run"));

        TreeSync.Pass pass = new TreeSync(from, to).pass();

        assertThat(pass.files()).isEqualTo(2);
        Path copy = to.resolve("bin/run");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(Files.getPosixFilePermissions(script));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(LONG_AGO);
        assertThat(Files.readSymbolicLink(to.resolve("link"))).isEqualTo(Path.of("bin/run"));
    }

    @Test
    void aLaterPassCopiesOnlyWhatHasChangedAndRemovesWhatIsGone() throws IOException {
        old("same", "1");
        old("other", "2");
        old("gone/file", "3");
        TreeSync sync = new TreeSync(from, to);
        sync.pass();
        old("other", "22");
        FileTree.delete(from.resolve("gone"));

        TreeSync.Pass pass = sync.pass();

        assertThat(pass.files()).isEqualTo(1);
        assertThat(pass.removed()).isEqualTo(2);
        assertThat(listed())
                .isEqualTo(List.of(List.of("other", "22"), List.of("same", "1")).toString());
        assertThat(Files.exists(to.resolve("gone"))).isFalse();
        assertThat(sync.pass().isEmpty()).isTrue();
    }

    @Test
    void aFileThatWasWrittenAMomentAgoIsCopiedAgainForItsTimeMayNotTell() throws IOException {
        Files.writeString(from.resolve("fresh"), "a");
        TreeSync sync = new TreeSync(from, to);
        sync.pass();

        assertThat(sync.pass().files()).isEqualTo(1);
    }

    @Test
    void aFileMayBecomeADirectoryAndTheOtherWayRound() throws IOException {
        old("a", "file");
        old("b/c", "in a directory");
        TreeSync sync = new TreeSync(from, to);
        sync.pass();
        FileTree.delete(from.resolve("a"));
        FileTree.delete(from.resolve("b"));
        old("a/d", "now a directory");
        old("b", "now a file");

        sync.pass();

        assertThat(listed())
                .isEqualTo(List.of(List.of("a/d", "now a directory"), List.of("b", "now a file"))
                        .toString());
    }
}
