package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.ShadowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database in arms that are only watched: beside live's, on a port of its own.
final class WatchedDatabaseIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void isCopiedChangedResetAndRemovedWithItsSharedMemory() throws IOException {
        try (NotesLive notes = NotesLive.unwalled(directory, true);
                ProcessShadow shadow =
                        notes.shadow(NotesScenario.with(notes.scenario, Map.of(), ShadowSpec.Isolation.WATCHED))) {
            assertThat(shadow.probe())
                    .as("nothing is claimed to be held, and live is left in peace")
                    .isNotEmpty()
                    .allMatch(probe -> !probe.held() && probe.evidence().contains("not tried"));
            Set<String> foreign = sharedMemory(_ -> true);
            shadow.start();
            Arm candidate = shadow.arm(ArmName.CANDIDATE);
            DataImage before = candidate.data("db");
            Set<String> databases = Roster.of(shadow.directory()).running().stream()
                    .map(process -> Long.toString(process.pid()))
                    .collect(Collectors.toSet());
            Set<String> ours = sharedMemory(databases::contains);
            ours.removeAll(foreign);
            assertThat(ours).as("one a database").hasSize(2);

            assertThat(candidate.sql("db", "DELETE FROM note", SOON).succeeded())
                    .isTrue();
            assertThat(shadow.arm(ArmName.CONTROL).data("db")).isEqualTo(before);
            shadow.reset();
            assertThat(sharedMemory(_ -> true)).doesNotContainAnyElementsOf(ours);
            shadow.start();
            assertThat(candidate.data("db")).isEqualTo(before);

            assertThat(shadow.dispose()).isEmpty();
            assertThat(new Branded(directory.toString()).running()).isEmpty();
            assertThat(notes.live.instances()).allMatch(instance -> instance.healthy());
        }
    }

    /// The numbers of the segments whose maker is `wanted` (`/proc/sysvipc/shm`: second and fifth column).
    private static Set<String> sharedMemory(Predicate<String> wanted) throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> wanted.test(columns[4]))
                .map(columns -> columns[1])
                .collect(Collectors.toCollection(HashSet::new));
    }
}
