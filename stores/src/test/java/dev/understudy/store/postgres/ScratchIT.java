package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tool is killed while a server of its own runs.
class ScratchIT {
    @TempDir
    Path directory;

    /// Runs in a process of its own: starts a server and waits to be killed.
    public static void main(String[] arguments) {
        PostgresRun run = TestServers.run(TestServers.EMBEDDED, Path.of(arguments[0]), PostgresServer.Care.SHADOW);
        System.out.println("server " + run.pid());
        LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void whatAKilledToolHadIsRemovedItsServerEndedAndNothingBefore() throws Exception {
        TestServers.live(TestServers.EMBEDDED, directory.resolve("data")).close();
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScratchIT.class.getName(),
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        ProcessHandle server = ProcessHandle.of(server(tool)).orElseThrow();
        assertThat(Scratch.removeAbandoned(temporary)).isEmpty();
        assertThat(inside(temporary)).singleElement().asString().startsWith("understudy-pg-");
        assertThat(server.isAlive()).isTrue();

        tool.destroyForcibly().waitFor();

        assertThat(Scratch.removeAbandoned(temporary)).isEmpty();
        assertThat(inside(temporary)).isEmpty();
        assertThat(new RealTimeline().await(() -> !server.isAlive(), 20_000_000_000L))
                .isTrue();
    }

    private static List<String> inside(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }

    private static long server(Process tool) throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("server ")) {
                return Long.parseLong(line.substring(7));
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the tool ended: " + all);
    }
}
