package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path directory;

    @Test
    void whatThisProcessUsesIsKept() throws IOException {
        Path ours = Scratch.directory(directory, "pg");

        assertThat(Scratch.removeAbandoned(directory)).isEmpty();

        assertThat(ours).isDirectory();
    }

    @Test
    void whatAnEarlierProcessOfTheSameNumberLeftIsRemovedWithAllThatIsInIt() throws IOException {
        Path left = sibling(Scratch.directory(directory, "pg"), 3, since -> since - 1);
        Files.writeString(Files.createDirectories(left.resolve("in")).resolve("file"), "x");

        assertThat(Scratch.removeAbandoned(directory)).isEmpty();

        assertThat(left).doesNotExist();
    }

    @Test
    void whatWasMadeInAnotherProcessNamespaceIsKeptBecauseItsNumbersMeanNothingHere() throws IOException {
        Path elsewhere = sibling(Scratch.directory(directory, "pg"), 1, namespace -> namespace - 1);
        Path dead = sibling(elsewhere, 3, since -> since - 1);

        Scratch.removeAbandoned(directory);

        assertThat(elsewhere).isDirectory();
        assertThat(dead).isDirectory();
    }

    @Test
    void whatIsOnlyNamedAlikeIsKept() throws IOException {
        Path named = Files.createDirectory(directory.resolve("understudy-pg-12345"));
        Path other = Files.createFile(directory.resolve("someone-pg-1-2-3-4"));

        Scratch.removeAbandoned(directory);

        assertThat(named).isDirectory();
        assertThat(other).isRegularFile();
    }

    @Test
    void onlyTheUserCanReadIt() throws IOException {
        assertThat(Files.getPosixFilePermissions(Scratch.directory(directory, "pg")))
                .hasSize(3)
                .allMatch(permission -> permission.name().startsWith("OWNER"));
        Path file = Scratch.file("secret");
        assertThat(Files.getPosixFilePermissions(file))
                .hasSize(2)
                .allMatch(permission -> permission.name().startsWith("OWNER"));
        Files.delete(file);
    }

    /// A directory beside `ours` whose name has another number at `part`.
    private static Path sibling(Path ours, int part, java.util.function.LongUnaryOperator change) throws IOException {
        String[] parts = ours.getFileName().toString().split("-");
        int at = 1 + part;
        parts[at] = Long.toString(change.applyAsLong(Long.parseLong(parts[at], 36)), 36);
        return Files.createDirectory(ours.resolveSibling(String.join("-", parts)));
    }
}
