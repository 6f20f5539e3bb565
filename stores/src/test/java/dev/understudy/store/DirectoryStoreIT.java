package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pauses of real processes.
class DirectoryStoreIT {
    private static final Duration PAUSE = Duration.ofMillis(500);

    @TempDir
    Path directory;

    @Test
    void theOwnerStandsStillForTheCopyAndGoesOnAfterwards() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            service.write("a", "1");

            Frozen frozen = store(List.of(service.owner()), PAUSE).freeze(directory.resolve("copy"));

            assertThat(frozen.paused()).isPositive().isLessThanOrEqualTo(PAUSE);
            assertThat(service.owner().isStopped()).isFalse();
            service.write("b", "2");
            assertThat(directory.resolve("copy/a")).hasContent("1");
            assertThat(directory.resolve("copy/b")).doesNotExist();
        }
    }

    @Test
    void twoFilesThatAlwaysBelongTogetherDoSoInEveryCopy() throws Exception {
        // Given a writer that always writes the same number into both ends of its data
        Path data = Files.createDirectories(directory.resolve("data"));
        String script = "i=0; while :; do i=$((i+1)); echo $i > \"$1/a\"; echo $i > \"$1/z\"; done";
        Process writer = new ProcessBuilder("sh", "-c", script, "sh", data.toString()).start();
        try {
            assertThat(within(() -> Files.exists(data.resolve("z")))).isTrue();
            for (int i = 0; i < 10; i++) {
                Path copy = directory.resolve("copy" + i);
                store(List.of(Owner.of(writer.pid())), PAUSE).freeze(copy);
                // Then the second is at most one step behind, or just being written
                String first = Files.readString(copy.resolve("a")).strip();
                String second = Files.readString(copy.resolve("z")).strip();
                if (!first.isEmpty() && !second.isEmpty()) {
                    assertThat(Long.parseLong(first) - Long.parseLong(second)).isBetween(0L, 1L);
                }
            }
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void aPauseThatWouldLastTooLongIsGivenUpAndLeavesNoCopy() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            try (RandomAccessFile large =
                    new RandomAccessFile(directory.resolve("data/large").toFile(), "rw")) {
                large.setLength(8L << 30);
            }
            Owner owner = service.owner();

            assertThatThrownBy(
                            () -> store(List.of(owner), Duration.ofMillis(40)).freeze(directory.resolve("copy")))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("8589934592 bytes")
                    .hasMessageContaining("at most 40 ms");

            assertThat(directory.resolve("copy")).doesNotExist();
            service.write("b", "2");
        }
    }

    @Test
    void theGuardLetsGoWhenTheToolDoesNot() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            Owner owner = service.owner();
            PauseGuard guard = PauseGuard.arm(List.of(owner), Duration.ofMillis(100));
            Program.run(List.of("kill", "-STOP", Long.toString(owner.pid())), PAUSE);

            assertThat(within(() -> !owner.isStopped())).isTrue();

            service.write("b", "2");
            guard.close();
        }
    }

    @Test
    void theGuardLetsGoAtOnceWhenItsPipeBreaks() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            Owner owner = service.owner();
            PauseGuard guard = PauseGuard.arm(List.of(owner), Duration.ofHours(1));
            Program.run(List.of("kill", "-STOP", Long.toString(owner.pid())), PAUSE);
            assertThat(within(owner::isStopped)).isTrue();

            guard.close();

            assertThat(owner.isStopped()).isFalse();
        }
    }

    @Test
    void theGuardLeavesAnotherProcessOfTheSameNumberAlone() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            Owner owner = service.owner();
            Owner earlier = new Owner(owner.pid(), owner.startTicks() - 1);
            PauseGuard guard = PauseGuard.arm(List.of(earlier), Duration.ofMillis(50));
            Program.run(List.of("kill", "-STOP", Long.toString(owner.pid())), PAUSE);
            assertThat(within(owner::isStopped)).isTrue();

            guard.close();

            assertThat(owner.isStopped()).isTrue();
            Program.run(List.of("kill", "-CONT", Long.toString(owner.pid())), PAUSE);
        }
    }

    @Test
    void anOwnerThatIsAnotherProcessOrStoppedBySomebodyElseIsLeftAlone() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            Owner owner = service.owner();
            Owner earlier = new Owner(owner.pid(), owner.startTicks() - 1);
            assertThatThrownBy(() -> store(List.of(earlier), PAUSE).freeze(directory.resolve("copy")))
                    .hasMessageContaining("no longer");

            Program.run(List.of("kill", "-STOP", Long.toString(owner.pid())), PAUSE);
            assertThat(within(owner::isStopped)).isTrue();
            assertThatThrownBy(() -> store(List.of(owner), PAUSE).freeze(directory.resolve("copy")))
                    .hasMessageContaining("stopped already");
            assertThat(owner.isStopped()).isTrue();
            Program.run(List.of("kill", "-CONT", Long.toString(owner.pid())), PAUSE);
        }
    }

    @Test
    void dataInMotionIsRefusedWithoutAPause() throws Exception {
        try (KeyFiles service = new KeyFiles(directory.resolve("data"))) {
            assertThatThrownBy(
                            () -> store(List.of(service.owner()), Duration.ZERO).freeze(directory.resolve("copy")))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("in motion")
                    .hasMessageContaining("shadow.maxPause");
        }
    }

    @Test
    void modesTimesAndInnerLinksAreKept() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data/sub"));
        Path file = Files.writeString(data.resolve("file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
        Files.createSymbolicLink(data.resolve("relative"), Path.of("file"));
        Files.createSymbolicLink(data.resolve("absolute"), file);

        store(List.of(), Duration.ZERO).freeze(directory.resolve("copy"));

        Path copied = directory.resolve("copy/sub/file");
        assertThat(Files.getPosixFilePermissions(copied)).isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(Files.getLastModifiedTime(copied)).isEqualTo(Files.getLastModifiedTime(file));
        assertThat(directory.resolve("copy/sub/relative").toRealPath()).isEqualTo(copied.toRealPath());
        assertThat(directory.resolve("copy/sub/absolute").toRealPath()).isEqualTo(copied.toRealPath());
    }

    @Test
    void linksThatLeadOutsideAndPipesAreRefusedByName() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path outside = Files.writeString(directory.resolve("outside"), "secret");
        Path link = Files.createSymbolicLink(data.resolve("escape"), outside);
        assertThatThrownBy(() -> store(List.of(), Duration.ZERO).freeze(directory.resolve("copy")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(link.toString());

        Files.delete(link);
        Program.require(List.of("mkfifo", data.resolve("pipe").toString()), Duration.ofSeconds(5));
        assertThatThrownBy(() -> store(List.of(), Duration.ZERO).freeze(directory.resolve("copy")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(data.resolve("pipe").toString());
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    @Test
    void aWriterNobodyKnewOfIsNoticed() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        try (RandomAccessFile large = new RandomAccessFile(data.resolve("large").toFile(), "rw")) {
            large.setLength(256L << 20);
        }
        String script = "while :; do date +%N >> \"$1/grows\"; done";
        Process writer = new ProcessBuilder("sh", "-c", script, "sh", data.toString()).start();
        try {
            assertThat(within(() -> Files.exists(data.resolve("grows")))).isTrue();
            assertThatThrownBy(() -> store(List.of(), Duration.ZERO).freeze(directory.resolve("copy")))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("changed while it was copied");
        } finally {
            writer.destroyForcibly();
        }
    }

    private static boolean within(java.util.function.BooleanSupplier condition) {
        RealTimeline timeline = new RealTimeline();
        return timeline.await(condition, 20_000_000_000L);
    }

    private DirectoryStore store(List<Owner> owners, Duration maxPause) {
        return new DirectoryStore(directory.resolve("data"), owners, maxPause, InstantSource.system());
    }
}
