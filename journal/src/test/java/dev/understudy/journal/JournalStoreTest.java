package dev.understudy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 11, 21, 11, 45, 3, 0, ZoneOffset.UTC);

    @TempDir
    Path parent;

    @Test
    void anIdSaysWhenAndWhatAndIsSafeAsAFileName() {
        RandomGenerator chance = new SplittableRandom(7);

        assertThat(RunId.of(NOON, "orders-2.0", chance)).matches("20261121-114503-orders-2\\.0-x[0-9a-f]{3}");
        assertThat(RunId.of(NOON, "../a b\n/ü", chance))
                .satisfies(id -> assertThat(RunId.isOne(id)).isTrue());
        assertThat(RunId.of(NOON, "x".repeat(500), chance))
                .satisfies(id -> assertThat(RunId.isOne(id)).isTrue());
        assertThat(RunId.of(NOON, "", chance)).contains("-run-");
        assertThat(RunId.isOne("latest")).isFalse();
    }

    @Test
    void latestIsARelativeLinkToTheNewestRun() throws IOException {
        JournalStore store = new JournalStore(parent.resolve("rehearsals"));
        assertThat(store.latest()).isEmpty();
        assertThat(store.runs()).isEmpty();

        RunDirectory first = store.create(NOON, "a", new SplittableRandom(1));
        RunDirectory second = store.create(NOON.plusSeconds(5), "b", new SplittableRandom(1));

        assertThat(store.latest()).contains(second);
        assertThat(store.runs()).containsExactly(second, first);
        assertThat(Files.readSymbolicLink(store.root().resolve("latest"))).isEqualTo(Path.of(second.id()));
        assertThat(Files.list(store.root())).hasSize(3);
    }

    @Test
    void equalNamesAreToldApart() {
        JournalStore store = new JournalStore(parent);
        RandomGenerator sameOnce = new SplittableRandom(1);
        RunDirectory first = store.create(NOON, "a", new SplittableRandom(1));

        RunDirectory second = store.create(NOON, "a", sameOnce);

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aRunIsFoundByWhatOnlyItHas() {
        JournalStore store = new JournalStore(parent);
        RunDirectory first = store.create(NOON, "a", new SplittableRandom(1));
        RunDirectory second = store.create(NOON.plusDays(1), "a", new SplittableRandom(2));

        assertThat(store.find(first.id())).contains(first);
        assertThat(store.find("20261122")).contains(second);
        assertThat(store.find(first.id().substring(first.id().length() - 4))).contains(first);
        assertThat(store.find("2026")).isEmpty();
        assertThat(store.find("../..")).isEmpty();
    }

    @Test
    void somethingElseNamedLatestIsLeftAlone() throws IOException {
        Files.createDirectory(parent.resolve("latest"));

        assertThatThrownBy(() -> new JournalStore(parent).create(NOON, "a", new SplittableRandom(1)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is in the way");
    }
}
