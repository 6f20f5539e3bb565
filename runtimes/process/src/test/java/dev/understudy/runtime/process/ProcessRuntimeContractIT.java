package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.tck.RuntimeContract;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.runtime.tck.StandingShadow;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Processes, directories and a database pass the contract of all runtimes. Live is started once.
final class ProcessRuntimeContractIT implements RuntimeContract {
    @TempDir
    static Path directory;

    private static NotesLive notes;
    private static StandingShadow standing;

    @BeforeAll
    static void startLive() {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
        notes = NotesLive.in(directory, true);
        standing = StandingShadow.ofAllTests();
    }

    @AfterAll
    static void stopLive() {
        if (notes != null) {
            standing.close();
            notes.close();
            assertThat(directory.resolve("state/shadows")).isEmptyDirectory();
            assertThat(directory.resolve("state/live")).isEmptyDirectory();
        }
    }

    @Override
    public void within(Consumer<Specimen> test) {
        test.accept(NotesScenario.specimen(notes.runtime, notes.timeline, notes.scenario));
    }

    @Override
    public StandingShadow standing() {
        return standing;
    }
}
