package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.DataImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to an arm's files between two restores, the second one makes them what the golden copy is.
final class RestoredTreeTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z"));

    @TempDir
    Path directory;

    private Path golden;
    private Path arm;
    private RestoredTree tree;

    @BeforeEach
    void fillOnce() throws IOException {
        golden = directory.resolve("golden");
        arm = directory.resolve("arm");
        for (String name : List.of("a", "b", "deep/c", "deep/er/d", "deep/er/e")) {
            Path file = golden.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "what " + name + " holds");
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        Files.createSymbolicLink(golden.resolve("link"), Path.of("a"));
        Files.createDirectory(golden.resolve("empty"));
        tree = new RestoredTree(new GoldenCopy(golden), arm);
        tree.restore();
    }

    @Test
    void untouchedFilesAreLeftAsTheyAre() throws IOException {
        Object changed = Files.getAttribute(arm.resolve("deep/c"), "unix:ctime");
        Files.writeString(arm.resolve("a"), "touched");

        tree.restore();

        assertEqual();
        assertThat(Files.getAttribute(arm.resolve("deep/c"), "unix:ctime")).isEqualTo(changed);
    }

    @Test
    void contentThatPretendsToBeUntouchedIsPutBack() throws IOException {
        Files.writeString(arm.resolve("a"), "what A holds");
        Files.setLastModifiedTime(arm.resolve("a"), LONG_AGO);

        tree.restore();

        assertThat(arm.resolve("a")).hasContent("what a holds");
        assertEqual();
    }

    @Test
    void aTouchedFileIsOverwrittenInItsPlace() throws IOException {
        Object inode = Files.getAttribute(arm.resolve("b"), "unix:ino");
        Files.writeString(arm.resolve("b"), "longer than it was before, by far", StandardOpenOption.APPEND);

        tree.restore();

        assertEqual();
        assertThat(Files.getAttribute(arm.resolve("b"), "unix:ino")).isEqualTo(inode);
    }

    @Test
    void whatWasAddedGoesAndWhatWasDeletedComesBack() throws IOException {
        Files.writeString(arm.resolve("deep/new"), "left by an arm");
        Files.createDirectories(arm.resolve("more/and/more"));
        Files.writeString(arm.resolve("more/and/more/f"), "left by an arm");
        Files.delete(arm.resolve("deep/er/d"));
        Files.delete(arm.resolve("link"));

        tree.restore();

        assertEqual();
    }

    @Test
    void anotherNameForAFileIsNotWrittenThrough() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.delete(arm.resolve("a"));
        Files.writeString(elsewhere, "somebody else's");
        Files.createLink(arm.resolve("a"), elsewhere);

        tree.restore();

        assertEqual();
        assertThat(elsewhere).hasContent("somebody else's");
    }

    @Test
    void whatBecameSomethingElseIsWhatItWas() throws IOException {
        Files.delete(arm.resolve("a"));
        Files.createDirectory(arm.resolve("a"));
        FileTree.delete(arm.resolve("deep/er"));
        Files.createSymbolicLink(arm.resolve("deep/er"), golden.resolve("deep/er"));
        Files.delete(arm.resolve("link"));
        Files.writeString(arm.resolve("link"), "a file now");

        tree.restore();

        assertEqual();
        assertThat(Files.isDirectory(arm.resolve("deep/er"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void modesAndTimesComeBack() throws IOException {
        Files.setPosixFilePermissions(arm.resolve("a"), PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(arm.resolve("deep"), PosixFilePermissions.fromString("rwxrwxrwx"));

        tree.restore();

        assertEqual();
    }

    @Test
    void aLostDirectoryIsMadeAgainWithAllThatWasInIt() {
        FileTree.delete(arm);

        tree.restore();

        assertEqual();
    }

    @Test
    void anythingAtRandomIsMadeGood() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            for (int act = 0; act < 5; act++) {
                disturb(random);
            }
            tree.restore();
            assertEqual();
        }
    }

    private void disturb(Random random) throws IOException {
        List<Path> all = paths(arm);
        Path one = all.get(random.nextInt(all.size()));
        boolean isDirectory = Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS);
        switch (random.nextInt(4)) {
            case 0 -> FileTree.delete(one);
            case 1 ->
                Files.writeString((isDirectory ? one : one.getParent()).resolve("r" + random.nextInt(9)), "random");
            case 2 -> {
                if (Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
                    Files.writeString(one, "r", StandardOpenOption.APPEND);
                }
            }
            default -> Files.move(one, arm.resolve("moved" + random.nextInt()));
        }
    }

    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root)).sorted().toList();
        }
    }

    private void assertEqual() {
        DataImage wanted = new DirectoryListing().list(golden, "x");
        assertThat(new DirectoryListing().list(arm, "x")).isEqualTo(wanted);
        assertThat(described(arm)).isEqualTo(described(golden));
    }

    private static List<String> described(Path root) {
        List<String> lines = new ArrayList<>();
        try {
            for (Path path : paths(root)) {
                lines.add(root.relativize(path) + " "
                        + Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return lines;
    }
}
