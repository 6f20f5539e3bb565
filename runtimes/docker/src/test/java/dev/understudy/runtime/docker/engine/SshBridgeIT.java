package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshBridgeIT {
    @TempDir
    private Path programs;

    @Test
    void anEngineBehindSshIsReadInParallelAndNoChildStays() throws Exception {
        try (EngineAtHand engine = EngineAtHand.open("ssh")) {
            Assumptions.assumeTrue(
                    engine.address().uri().getScheme().equals("unix") && isThere("docker"), "no docker command");
        }
        FakeSsh ssh = new FakeSsh(programs);
        Path socket;
        try (SshBridge bridge = SshBridge.open(ssh.to("ssh://me@here.example"));
                EngineReading reading = EngineReading.open(EngineAddress.parse("unix://" + bridge.socket()))) {
            socket = bridge.socket();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
            List<String> versions = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(each -> reading.info().path("ServerVersion").asString(""))
                    .distinct()
                    .toList();
            assertThat(versions)
                    .containsExactly(reading.version().path("Version").asString(""));
            assertThat(reading.containers(Map.of(), true).isArray()).isTrue();
        }
        assertThat(socket).doesNotExist();
        for (long id : ssh.ids()) {
            assertThat(hasEnded(id)).as("ssh " + id).isTrue();
        }
    }

    private static boolean hasEnded(long pid) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
