package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed capture left beside the places of a bundle and its data.
class UnfinishedBundlesTest {
    @TempDir
    Path directory;

    private UnfinishedBundles unfinished = new UnfinishedBundles(Path.of(""));
    private Path place = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void places() throws IOException {
        unfinished = new UnfinishedBundles(directory.resolve("state/captures"));
        place = directory.resolve("bundles/shop");
        data = directory.resolve("large disk/shop");
        Files.createDirectories(place.getParent());
        Files.createDirectories(data.getParent());
    }

    private void old() throws IOException {
        Files.writeString(Files.createDirectories(place).resolve("bundle.yaml"), "old");
        Files.writeString(Files.createDirectories(data).resolve("db.tar.gz"), "old");
    }

    /// A capture that writes both and is whole but for taking its places.
    private List<Taking> written() throws IOException {
        List<Taking> takings = List.of(Taking.of(data), Taking.of(place));
        for (Taking taking : takings) {
            taking.begin();
        }
        Files.writeString(takings.getFirst().partial().resolve("db.tar.gz"), "new");
        Files.writeString(takings.getLast().partial().resolve("bundle.yaml"), "new");
        return takings;
    }

    private void killed(List<Taking> takings) throws IOException, InterruptedException {
        unfinished.begin(dead(), takings);
        unfinished.makeGood();
        assertThat(unfinished.root()).isEmptyDirectory();
        assertThat(place.getParent()).isDirectoryNotContaining("glob:**understudy");
        assertThat(data.getParent()).isDirectoryNotContaining("glob:**understudy");
    }

    private void bothAre(String text) {
        assertThat(place.resolve("bundle.yaml")).hasContent(text);
        assertThat(data.resolve("db.tar.gz")).hasContent(text);
    }

    @Test
    void beforeAnyPlaceIsTakenNothingStays() throws IOException, InterruptedException {
        killed(written());

        assertThat(place).doesNotExist();
        assertThat(data).doesNotExist();
    }

    @Test
    void dataWithoutItsBundleGoesAgain() throws IOException, InterruptedException {
        List<Taking> takings = written();
        takings.getFirst().take();

        killed(takings);

        assertThat(data).doesNotExist();
    }

    @Test
    void whatWasToBeReplacedStaysOrComesBackAsAWhole() throws IOException, InterruptedException {
        old();
        killed(written());
        bothAre("old");

        List<Taking> takings = written();
        takings.getFirst().take();
        killed(takings);
        bothAre("old");

        takings = written();
        takings.getFirst().take();
        Files.move(place, takings.getLast().old());
        killed(takings);
        bothAre("old");
    }

    @Test
    void onceTheBundleHasItsPlaceItCounts() throws IOException, InterruptedException {
        old();
        List<Taking> takings = written();
        for (Taking taking : takings) {
            taking.take();
        }

        killed(takings);

        bothAre("new");
    }

    @Test
    void whatWasThereAndIsNotYetReplacedIsNeverTakenForOurs() throws IOException, InterruptedException {
        old();
        List<Taking> takings = written();
        Files.delete(takings.getFirst().partial().resolve("db.tar.gz"));
        Files.delete(takings.getFirst().partial()); // somebody tidied up

        killed(takings);

        bothAre("old");
    }

    @Test
    void ofALivingProcessItIsLeftAlone() throws IOException {
        List<Taking> takings = written();
        unfinished.begin(ProcessId.of(ProcessHandle.current().pid()).orElseThrow(), takings);

        unfinished.makeGood();

        assertThat(takings).allMatch(taking -> Files.isDirectory(taking.partial()));
        assertThat(unfinished.root()).isNotEmptyDirectory();
    }

    @Test
    void whereNobodyHasCapturedThereIsNothingToDo() {
        unfinished.makeGood();

        assertThat(unfinished.root()).doesNotExist();
    }

    private static ProcessId dead() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();
        process.destroyForcibly().waitFor();
        return id;
    }
}
