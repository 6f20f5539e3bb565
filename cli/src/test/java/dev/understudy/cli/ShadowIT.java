package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A shadow that is held open, beside a live system that somebody else runs.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class ShadowIT {
    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    @AfterEach
    void nothingOutlivesATest() throws IOException, InterruptedException {
        Tool.run(directory, 400, "shadow", "down", "--all");
    }

    @Test
    void aShadowIsHeldUntilItIsTakenDownAndNeverTouchesLive() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        try (NotesLive live = NotesLive.start(notes)) {
            Tool.Ran up = Tool.run(directory, 400, "shadow", "up", scenario(notes));
            assertThat(up.code()).as(up.err()).isZero();
            assertThat(up.out()).contains(" is up, held by process ", "candidate", "next:  understudy shadow down ");

            JsonNode shadow = only();
            write(address(shadow, "candidate"), "mine");

            assertThat(read(address(shadow, "candidate"), "mine")).isEqualTo(200);
            assertThat(read(address(shadow, "control"), "mine")).isEqualTo(404);
            assertThat(read("127.0.0.1:18460", "mine")).isEqualTo(404);
            assertThat(read(address(shadow, "control"), "seed-1")).isEqualTo(200);

            // a rehearsal's start and 'clean' know whose it is
            assertThat(Tool.run(directory, 200, "clean").out()).contains("is held open since", "1 left on purpose\n");
            assertThat(read(address(shadow, "candidate"), "mine")).isEqualTo(200);

            Tool.Ran down = Tool.run(directory, 400, "shadow", "down");
            assertThat(down.out()).isEqualTo("shadow " + shadow.path("id").asString() + " removed\n");
            assertThat(Tool.run(directory, 200, "shadow", "ls").out()).isEqualTo("no shadow is held open\n");
            assertNothingIsLeft();
            assertThat(live.failed()).isZero();
        }
    }

    @Test
    void whenItsHolderIsKilledNothingRunsOnAndCleanRemovesTheRest() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        try (NotesLive live = NotesLive.start(notes)) {
            Tool.Ran up = Tool.run(directory, 400, "shadow", "up", scenario(notes));
            assertThat(up.code()).as(up.err()).isZero();
            JsonNode shadow = only();

            ProcessHandle.of(shadow.path("pid").asLong()).orElseThrow().destroyForcibly();

            assertThat(within(() -> read(address(shadow, "candidate"), "seed-1") == 0))
                    .isTrue();
            assertThat(Tool.run(directory, 200, "shadow", "ls").out()).contains("is gone", "understudy clean");
            assertThat(Tool.run(directory, 200, "clean").out()).isEqualTo("nothing is left\n");
            assertThat(Tool.run(directory, 200, "shadow", "ls").out()).isEqualTo("no shadow is held open\n");
            assertNothingIsLeft();
            assertThat(live.failed()).isZero();
        }
    }

    @Test
    void theCommandsOwnDeathDoesNotEndTheShadow() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        try (NotesLive live = NotesLive.start(notes)) {
            Process up = Tool.command(directory, "shadow", "up", scenario(notes))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("up").toFile())
                    .start();
            assertThat(within(() -> isWritten("\"state\" : \"STARTING\""))).isTrue();
            assertThat(within(() -> !isWritten("\"holder\" : \"" + up.pid() + "@")))
                    .isTrue();

            up.destroyForcibly().waitFor();

            assertThat(within(() -> isWritten("\"state\" : \"UP\""))).isTrue();
            assertThat(read(address(only(), "candidate"), "seed-1")).isEqualTo(200);
            assertThat(live.failed()).isZero();
        }
    }

    @Test
    void withTrafficBothArmsGetWhatTheScenarioSays() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        try (NotesLive live = NotesLive.start(notes)) {
            Tool.Ran up = Tool.run(directory, 400, "shadow", "up", "--mirror", scenario(notes));
            assertThat(up.code()).as(up.err()).isZero();
            JsonNode shadow = only();

            assertThat(shadow.path("mirror").asBoolean()).isTrue();
            assertThat(within(() -> read(address(shadow, "candidate"), "note-1-1") == 200))
                    .isTrue();
            assertThat(within(() -> read(address(shadow, "control"), "note-1-1") == 200))
                    .isTrue();
            assertThat(live.failed()).isZero();
        }
    }

    @Test
    void whatCanNotComeUpIsToldAndLeavesNothing() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        Path scenario = notes.resolve("scenario.yaml");
        Files.writeString(scenario, Files.readString(scenario).replace(", start: true", ""));

        Tool.Ran up = Tool.run(directory, 400, "shadow", "up", scenario.toString());

        assertThat(up.code()).isEqualTo(4);
        assertThat(up.out()).isEmpty();
        assertThat(up.err()).contains("live doesn't run");
        assertThat(Tool.run(directory, 200, "shadow", "ls").out()).isEqualTo("no shadow is held open\n");
        assertNothingIsLeft();
    }

    /// With the longest pause that live may be asked for: these tests are not about it.
    private static String scenario(Path notes) throws IOException {
        Path file = notes.resolve("scenario.yaml");
        Files.writeString(file, Files.readString(file).replace("maxPause: 300ms", "maxPause: 500ms"));
        return file.toString();
    }

    private JsonNode only() throws IOException, InterruptedException {
        JsonNode all = JsonMapper.shared()
                .readTree(Tool.run(directory, 200, "shadow", "ls", "--json").out());
        assertThat(all.size()).isEqualTo(1);
        return all.path(0);
    }

    private static String address(JsonNode shadow, String arm) {
        return shadow.path("arms").path(arm).path("front").asString();
    }

    private static void write(String at, String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + at + "/notes"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"key\": \"" + key + "\", \"text\": \"by hand\"}"))
                .build();
        assertThat(status(request)).isEqualTo(201);
    }

    /// What reading a note answers; 0 if nobody answers.
    private static int read(String at, String key) {
        return status(HttpRequest.newBuilder(URI.create("http://" + at + "/notes/" + key))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    private static int status(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private boolean isWritten(String text) {
        try (Stream<Path> files = Files.walk(directory.resolve("held"))) {
            return files.filter(file -> file.endsWith("shadow.json")).anyMatch(file -> holds(file, text));
        } catch (IOException | java.io.UncheckedIOException notYet) {
            return false;
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException replacedMeanwhile) {
            return false;
        }
    }

    private static boolean within(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }
        return condition.getAsBoolean();
    }

    private void assertNothingIsLeft() throws IOException {
        for (String place : new String[] {"shadows", "held", "live"}) {
            Path kept = directory.resolve(place);
            if (Files.exists(kept)) {
                try (Stream<Path> all = Files.list(kept)) {
                    assertThat(all).as(place).isEmpty();
                }
            }
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(command -> command.contains(directory + "/shadows")
                                || command.contains("shadow hold " + directory)))
                .isEmpty();
    }
}
