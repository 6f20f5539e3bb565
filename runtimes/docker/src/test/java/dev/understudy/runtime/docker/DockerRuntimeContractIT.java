package dev.understudy.runtime.docker;

import dev.understudy.runtime.tck.RuntimeContract;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.runtime.tck.StandingShadow;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Containers and a volume pass the contract of all runtimes. Live is started once.
final class DockerRuntimeContractIT implements RuntimeContract {
    @TempDir
    static Path directory;

    private static NotesProject notes;
    private static StandingShadow standing;

    @BeforeAll
    static void startLive() {
        notes = NotesProject.in(directory);
        standing = StandingShadow.ofAllTests();
    }

    @AfterAll
    static void stopLive() {
        if (notes != null) {
            standing.close();
            notes.close();
        }
    }

    @Override
    public void within(Consumer<Specimen> test) {
        test.accept(notes.specimen());
    }

    @Override
    public StandingShadow standing() {
        return standing;
    }
}
