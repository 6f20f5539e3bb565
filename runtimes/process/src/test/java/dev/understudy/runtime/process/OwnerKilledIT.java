package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.store.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tool is killed while a shadow runs: the shadow goes with it, live stays, and the next start removes the rest.
final class OwnerKilledIT {
    @TempDir
    Path directory;

    /// Runs in a process of its own: starts a shadow and waits to be killed.
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        boolean walled = Boolean.parseBoolean(arguments[1]);
        NotesLive notes = walled ? NotesLive.in(directory, false) : NotesLive.unwalled(directory, false);
        ProcessShadow shadow = notes.shadow(
                walled ? notes.scenario : NotesScenario.with(notes.scenario, Map.of(), ShadowSpec.Isolation.WATCHED));
        shadow.start();
        shadow.arm(ArmName.CANDIDATE).pause("back"); // even what stands still is ended
        System.out.println("shadow " + shadow.directory());
        System.out.println("scratch " + Scratch.file("out"));
        System.out.println("port "
                + notes.scenario.topology().service("back").at().getFirst().port());
        LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void aKilledOwnerLeavesNothingRunningAndTheNextStartNothingOnDisk() throws IOException, InterruptedException {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
        Process owner = owner(true);
        BufferedReader said = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
        Path shadow = Path.of(said(said, "shadow "));
        Path scratch = Path.of(said(said, "scratch "));
        int port = Integer.parseInt(said(said, "port "));
        List<ProcessId> services = Roster.of(shadow).running();
        assertThat(services).hasSize(4).filteredOn(ProcessId::isStopped).hasSize(1);
        assertThat(scratch).exists();

        owner.destroyForcibly().waitFor();

        assertThat(within(() -> services.stream().noneMatch(ProcessId::isAlive)))
                .isTrue();
        assertThat(answers(port)).as("live still serves").isTrue();
        try (ProcessRuntime next = NotesScenario.runtime(directory, new RealTimeline())) {
            List<String> left = next.clean();
            assertThat(shadow).doesNotExist();
            assertThat(scratch).doesNotExist();
            assertThat(left).singleElement().asString().contains("still serves");
            assertThat(answers(port)).as("cleaning does not cut live off").isTrue();
            assertThat(next.endAbandonedLives()).hasSize(1);
            assertThat(within(() -> !answers(port))).isTrue();
            assertThat(next.clean()).isEmpty();
        }
        assertThat(Files.list(directory.resolve("state/live"))).isEmpty();
    }

    @Test
    void whereThereAreNoWallsTheNextStartEndsWhatAKilledOwnerLeft() throws IOException, InterruptedException {
        Process owner = owner(false);
        BufferedReader said = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
        Path shadow = Path.of(said(said, "shadow "));
        int port = Integer.parseInt(said(said, "port "));
        List<ProcessId> services = Roster.of(shadow).running();
        Branded branded = new Branded(shadow.toString());
        assertThat(branded.running()).extracting(ProcessHandle::pid).containsAll(pids(services));

        owner.destroyForcibly().waitFor();

        assertThat(services).hasSize(4).allMatch(ProcessId::isAlive);
        assertThat(services).filteredOn(ProcessId::isStopped).hasSize(1);
        try (ProcessRuntime next = NotesScenario.runtime(directory, new RealTimeline())) {
            next.clean();
            assertThat(services).noneMatch(ProcessId::isAlive);
            assertThat(branded.running()).isEmpty();
            assertThat(shadow).doesNotExist();
            assertThat(answers(port)).as("live still serves").isTrue();
            assertThat(next.endAbandonedLives()).hasSize(1);
        }
    }

    private static List<Long> pids(List<ProcessId> processes) {
        return processes.stream().map(ProcessId::pid).toList();
    }

    private Process owner(boolean walled) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dnotes.classes=" + Path.of("target/test-classes").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerKilledIT.class.getName(),
                        directory.toString(),
                        Boolean.toString(walled))
                .redirectErrorStream(true)
                .start();
    }

    private static String said(BufferedReader said, String after) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(after)) {
                return line.substring(after.length());
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the owner ended: " + all);
    }

    private static boolean answers(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == 200;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean within(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return true;
    }
}
