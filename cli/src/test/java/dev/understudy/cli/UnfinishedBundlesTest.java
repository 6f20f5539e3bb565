package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed capture left beside its bundle's place.
class UnfinishedBundlesTest {
    @TempDir
    Path directory;

    private UnfinishedBundles unfinished = new UnfinishedBundles(Path.of(""));
    private Path place = Path.of("");

    @BeforeEach
    void aCaptureWritesBesideItsPlace() throws IOException {
        unfinished = new UnfinishedBundles(directory.resolve("state/captures"));
        place = directory.resolve("bundles/shop");
        Files.createDirectories(UnfinishedBundles.partial(place).resolve("data"));
    }

    @Test
    void ofAKilledProcessIsRemoved() throws IOException, InterruptedException {
        unfinished.begin(dead(), place);

        unfinished.makeGood();

        assertThat(place.getParent()).isEmptyDirectory();
        assertThat(unfinished.root()).isEmptyDirectory();
    }

    @Test
    void aBundleThatWasJustBeingReplacedIsPutBack() throws IOException, InterruptedException {
        Files.createDirectories(UnfinishedBundles.old(place));
        Files.writeString(UnfinishedBundles.old(place).resolve("bundle.yaml"), "the old one");
        unfinished.begin(dead(), place);

        unfinished.makeGood();

        assertThat(place.resolve("bundle.yaml")).hasContent("the old one");
        assertThat(place.getParent()).isDirectoryNotContaining("glob:**understudy");
    }

    @Test
    void ofALivingOneIsLeftAlone() {
        unfinished.begin(ProcessId.of(ProcessHandle.current().pid()).orElseThrow(), place);

        unfinished.makeGood();

        assertThat(UnfinishedBundles.partial(place)).isDirectory();
        assertThat(unfinished.root()).isNotEmptyDirectory();
    }

    @Test
    void whereNobodyHasCapturedThereIsNothingToDo() {
        unfinished.makeGood();

        assertThat(UnfinishedBundles.partial(place)).isDirectory();
    }

    private static ProcessId dead() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();
        process.destroyForcibly().waitFor();
        return id;
    }
}
