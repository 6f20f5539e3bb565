package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tool is killed, or interrupted, at random moments of a run while live serves load: live never fails, nothing is
/// left.
final class KilledIT {
    private static final int KILLS = 10;
    private static final int LATEST_MILLIS = 9_000;

    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "no Perl here");
        assumeTrue("root".equals(System.getProperty("user.name")), "namespaces need root");
    }

    @Test
    void aKilledToolHarmsNobodyAndLeavesNothing() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60);
        Random moments = new Random(20261121);
        try (NotesLive live = NotesLive.start(notes)) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process tool = rehearse(notes);
                boolean ended = tool.waitFor(500L + moments.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
                assertThat(ended).as("the run outlives the moment of the kill").isFalse();
                tool.destroyForcibly().waitFor();
            }
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
            Process tool = rehearse(notes);
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

    private Process rehearse(Path notes) throws IOException {
        ProcessBuilder tool = Tool.command(
                directory,
                "rehearse",
                notes.resolve("scenario.yaml").toString(),
                "--out",
                directory.resolve("runs").toString());
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
