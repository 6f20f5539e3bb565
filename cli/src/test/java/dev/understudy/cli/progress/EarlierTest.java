package dev.understudy.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.JournalWriter;
import dev.understudy.journal.RunDirectory;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path runs;

    @Test
    void theLatestRunOfTheScenarioThatCameToItsEndCounts() {
        record(1, "good.yaml", 10, "done");
        record(2, "good.yaml", 20, "done");
        record(3, "good.yaml", 30, "interrupted");
        record(4, "other.yaml", 40, "done");

        assertThat(Earlier.of(new JournalStore(runs), "good", "good.yaml"))
                .hasValueSatisfying(earlier -> assertThat(earlier)
                        .isEqualTo(
                                new Earlier(List.of(new Earlier.Took(1, "watch", SECOND, 20 * SECOND)), 22 * SECOND)));
    }

    @Test
    void withoutOneNothingIsKnown() {
        assertThat(Earlier.of(new JournalStore(runs), "good", "good.yaml")).isEmpty();
    }

    private void record(int minute, String file, int seconds, String verdict) {
        RunDirectory directory = new JournalStore(runs)
                .create(
                        ZonedDateTime.of(2026, 11, 21, 12, minute, 0, 0, ZoneOffset.UTC),
                        "good",
                        new SplittableRandom(minute));
        try (JournalWriter journal = JournalWriter.create(directory.path())) {
            journal.record(
                    0, new Event.RunStarted(Event.SCHEMA, directory.id(), "0", "", file, 1, List.of(), Map.of(), ""));
            journal.record(SECOND, new Event.StageBegan(1, "watch"));
            journal.record((1 + seconds) * SECOND, new Event.StageEnded(1, "watch", "done"));
            journal.record((2 + seconds) * SECOND, new Event.RunEnded(verdict));
        }
    }
}
