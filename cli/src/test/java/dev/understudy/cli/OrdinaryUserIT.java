package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Who is not root rehearses too: the launcher puts the tool into a user namespace of its own, and live, which is
/// outside of it, is found all the same. Run by root, the test becomes a user without an account.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class OrdinaryUserIT {
    private static final int NOBODY_WE_KNOW = 64_999;

    @TempDir
    Path directory;

    private final List<Process> services = new ArrayList<>();

    @BeforeEach
    void needsPerl() {
        Needs.perl();
    }

    @Test
    void rehearsesBesideItsOwnLiveAndMakesGoodWhatAKilledRunLeft() throws IOException, InterruptedException {
        Path notes = withDatabase(NotesLive.files(Files.createDirectory(directory.resolve("notes")), 40));
        handOver();
        assumeTrue(
                asUser(new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "true"), "why")
                                .start()
                                .waitFor()
                        == 0,
                () -> "an ordinary user can't make namespaces here: " + read("why"));
        try {
            start(notes, Map.of("PORT", "18461", "DATA_DIR", notes + "/data"), "store.pl", "1.0");
            start(notes, Map.of("PORT", "18460", "STORE", "127.0.0.1:18461"), "front.pl");
            assertThat(within(() -> listens(18_460) && listens(18_461))).isTrue();

            // Given a run that was killed while its arms were up and the database that it started as live served
            Process killed = rehearse(notes, "killed").start();
            assertThat(within(() -> !arms().isEmpty())).as(read("killed")).isTrue();
            killed.destroyForcibly().waitFor();

            // When
            Process next = rehearse(notes, "next").start();
            assertThat(next.waitFor(120, TimeUnit.SECONDS)).as(read("next")).isTrue();

            // Then
            assertThat(read("next")).contains("GO · ");
            assertThat(next.exitValue()).as(read("next")).isZero();
            assertThat(arms()).isEmpty();
            assertThat(Files.list(notes.resolve("data"))).hasSize(1);
            assertThat(listens(18_461)).as("live serves").isTrue();
            asUser(Tool.command(directory, "clean"), "clean").start().waitFor();
            assertThat(read("clean")).isEqualTo("nothing is left\n");
        } finally {
            services.forEach(service -> {
                service.descendants().forEach(ProcessHandle::destroyForcibly);
                service.destroyForcibly();
            });
        }
    }

    @Test
    void whereNamespacesCanNotBeMadeTheRunIsRefusedWithTheReasonAndTheWaysOut() throws Exception {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 10);
        Path refusing = Files.createDirectory(directory.resolve("bin")).resolve("unshare");
        Files.writeString(refusing, "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n");
        assertThat(refusing.toFile().setExecutable(true, false)).isTrue();
        handOver();
        ProcessBuilder tool = rehearse(notes, "refused");
        tool.environment().merge("PATH", refusing.getParent().toString(), (path, first) -> first + ":" + path);

        assertThat(tool.start().waitFor()).isEqualTo(4);

        assertThat(read("refused"))
                .contains("ENFORCED_ISOLATION", "Operation not permitted", "root", "isolation: watched")
                .doesNotContain("clone");
        assertThat(listens(18_461)).isFalse();
    }

    private static Path withDatabase(Path notes) throws IOException {
        Files.writeString(
                notes.resolve("init.sql"), "CREATE TABLE note (id int PRIMARY KEY); INSERT INTO note VALUES (1);");
        Files.writeString(notes.resolve("add.sql"), "ALTER TABLE note ADD COLUMN length int;");
        Files.writeString(notes.resolve("drop.sql"), "ALTER TABLE note DROP COLUMN length;");
        edit(notes.resolve("topology.yaml"), "services:\n", """
                services:
                  db: {kind: postgres, at: 127.0.0.1:18462, database: notes, user: notes, init: [init.sql]}
                """);
        Path scenario = notes.resolve("scenario.yaml");
        edit(scenario, "{store: snapshot}", "{store: snapshot, db: snapshot}");
        edit(scenario, "change:\n", "change:\n  - {service: db, migrate: add.sql}\n");
        edit(scenario, "  steps:\n", "  steps:\n    - {id: schema, sql: {service: db, file: drop.sql}}\n");
        edit(scenario, "within: 5s}", "within: 2s}");
        return notes;
    }

    private static void edit(Path file, String old, String by) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, by));
    }

    private ProcessBuilder rehearse(Path notes, String output) throws IOException {
        return asUser(
                Tool.command(
                        directory,
                        "rehearse",
                        notes.resolve("scenario.yaml").toString(),
                        "--out",
                        directory.resolve("runs").toString()),
                output);
    }

    private void start(Path notes, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "perl"));
        command.addAll(List.of(words));
        ProcessBuilder service = asUser(new ProcessBuilder(command).directory(notes.toFile()), words[0] + ".log");
        service.environment().putAll(environment);
        services.add(service.start());
    }

    /// Everything that the user is to read and write becomes the user's.
    private void handOver() throws IOException, InterruptedException {
        if (isRoot()) {
            new ProcessBuilder("chown", "-R", NOBODY_WE_KNOW + ":" + NOBODY_WE_KNOW, directory.toString())
                    .start()
                    .waitFor();
        }
    }

    private ProcessBuilder asUser(ProcessBuilder builder, String output) {
        if (isRoot()) {
            List<String> command = new ArrayList<>(List.of(
                    "setpriv", "--reuid=" + NOBODY_WE_KNOW, "--regid=" + NOBODY_WE_KNOW, "--clear-groups", "--"));
            command.addAll(builder.command());
            builder.command(command).environment().put("HOME", directory.toString());
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String read(String output) {
        try {
            return Tool.read(directory.resolve(output));
        } catch (IOException none) {
            return "";
        }
    }

    /// Services of arms that were written down.
    private List<Path> arms() {
        try (Stream<Path> all = Files.walk(directory.resolve("shadows"))) {
            return all.filter(file -> file.endsWith("processes")).toList();
        } catch (IOException | java.io.UncheckedIOException none) {
            return List.of();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean within(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
        }
        return condition.getAsBoolean();
    }
}
