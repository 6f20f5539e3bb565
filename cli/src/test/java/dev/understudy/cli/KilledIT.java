package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The tool is killed, or interrupted, at points spread over all of a run while live serves load: live never fails,
/// nothing is left.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class KilledIT {
    /// With `-Psoak` thirty.
    private static final int POINTS = Integer.getInteger("understudy.kills", 6);

    private static final long GLANCE_NANOS = 2_000_000;
    private static final long ENDLESS_MILLIS = 120_000;

    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    @Test
    void aKilledToolHarmsNobodyAndLeavesNothing() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60);
        try (NotesLive live = NotesLive.start(notes)) {
            assertThat(rehearse(notes, "whole").waitFor(ENDLESS_MILLIS, TimeUnit.MILLISECONDS))
                    .isTrue();
            long whole = recorded("whole");
            List<Long> killed = new ArrayList<>();
            for (int point = 0; point < POINTS; point++) {
                String name = "killed-" + point;
                long lines = whole * (2L * point + 1) / (2L * POINTS);
                Process tool = rehearse(notes, name);
                await(() -> recorded(name) >= lines || !tool.isAlive());
                if (tool.isAlive()) {
                    tool.destroyForcibly().waitFor();
                    killed.add(recorded(name));
                }
                // what a killed run left is made good by the next one or, at every third, by hand
                if (point % 3 == 2) {
                    assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
                }
            }
            assertThat(killed).as("of a run of " + whole + " lines").hasSizeGreaterThan(POINTS * 8 / 10);
            assertThat(killed.stream().distinct().count()).isGreaterThan(POINTS / 2);
            Tool.Ran clean = Tool.run(directory, 60, "clean");

            assertThat(clean.out()).isEqualTo("nothing is left\n");
            assertThat(live.sent()).isGreaterThan(100);
            assertThat(live.failed()).isZero();
        }
        assertNothingIsLeft();
    }

    @Test
    void anInterruptedToolRemovesItsShadowAndSaysSo() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60);
        try (NotesLive live = NotesLive.start(notes)) {
            Process tool = rehearse(notes, "interrupted");
            assertThat(tool.waitFor(6, TimeUnit.SECONDS)).isFalse();

            new ProcessBuilder("kill", "-INT", Long.toString(tool.pid()))
                    .start()
                    .waitFor();

            assertThat(tool.waitFor(10, TimeUnit.SECONDS))
                    .as("gone within 10 s")
                    .isTrue();
            assertThat(tool.exitValue()).as(Tool.read(directory.resolve("err"))).isEqualTo(130);
            assertThat(live.failed()).isZero();
        }
        assertNothingIsLeft();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDLESS_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the run goes on").isLessThan(deadline);
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /// How many lines the journal of the only run in there has.
    private long recorded(String runs) {
        try (Stream<Path> all = Files.list(directory.resolve(runs))) {
            Optional<Path> journal = all.map(run -> run.resolve("journal.jsonl"))
                    .filter(Files::exists)
                    .findFirst();
            return journal.isEmpty() ? 0 : Tool.read(journal.get()).lines().count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private Process rehearse(Path notes, String runs) throws IOException {
        ProcessBuilder tool = Tool.command(
                directory,
                "rehearse",
                notes.resolve("scenario.yaml").toString(),
                "--out",
                directory.resolve(runs).toString());
        // what a shell runs in the background ignores Ctrl-C, and so does all that it starts, these tests included
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(tool.command());
        return tool.command(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private void assertNothingIsLeft() throws IOException {
        for (String place : new String[] {"shadows", "live"}) {
            Path kept = directory.resolve(place);
            if (Files.exists(kept)) {
                try (Stream<Path> all = Files.list(kept)) {
                    assertThat(all).isEmpty();
                }
            }
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(directory.toString()))
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid()))
                .isEmpty();
    }
}
