package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.tck.RuntimeContract;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.runtime.tck.StandingShadow;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Where arms can't be shut in and are only watched, everything else of the contract holds all the same.
final class WatchedRuntimeContractIT implements RuntimeContract {
    @TempDir
    static Path directory;

    private static NotesLive notes;
    private static Scenario scenario;
    private static StandingShadow standing;

    @BeforeAll
    static void startLive() {
        notes = NotesLive.unwalled(directory, false);
        scenario = NotesScenario.with(notes.scenario, Map.of(), ShadowSpec.Isolation.WATCHED);
        standing = StandingShadow.ofAllTests();
    }

    @AfterAll
    static void stopLive() {
        standing.close();
        notes.close();
        assertThat(new Branded(directory.toString()).running()).isEmpty();
        assertThat(directory.resolve("state/shadows")).isEmptyDirectory();
    }

    @Override
    public void within(Consumer<Specimen> test) {
        test.accept(NotesScenario.specimen(notes.runtime, notes.timeline, scenario));
    }

    @Override
    public StandingShadow standing() {
        return standing;
    }
}
