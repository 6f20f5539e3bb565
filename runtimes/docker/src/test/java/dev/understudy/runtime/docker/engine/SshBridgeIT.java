package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An `ssh` of the test's own leads to this host instead of another: the rest is as it is with a real one.
final class SshBridgeIT {
    @TempDir
    private Path programs;

    private String ssh = "";

    /// Leads to the engine by `docker system dial-stdio` as asked, or to a port by the shell's own means.
    @BeforeEach
    void makeSsh() throws IOException {
        ssh = program("ssh", """
                #!/usr/bin/env bash
                echo $$ >> "$(dirname "$0")/pids"
                while [ $# -gt 0 ]; do
                  case $1 in
                    -W) exec 3<>"/dev/tcp/${2%:*}/${2##*:}"; cat <&3 & cat >&3; exit ;;
                    --) shift; exec "$@" ;;
                    refusing) echo "me@refusing: Permission denied (publickey)." >&2; exit 255 ;;
                  esac
                  shift
                done
                """);
    }

    @Test
    void anEngineBehindSshIsReadInParallelAndNoChildStays() throws Exception {
        try (EngineAtHand engine = EngineAtHand.open("ssh")) {
            Assumptions.assumeTrue(
                    engine.address().uri().getScheme().equals("unix") && isThere("docker"), "no docker command");
        }
        EngineAddress address = EngineAddress.parse("ssh://me@here.example");
        Path socket;
        try (SshBridge bridge = SshBridge.open(fake(address));
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
        for (String pid : Files.readAllLines(programs.resolve("pids"))) {
            assertThat(hasEnded(Long.parseLong(pid))).as("ssh " + pid).isTrue();
        }
    }

    @Test
    void whatSshSaysIsInTheMessage() {
        EngineAddress address = EngineAddress.parse("ssh://me@refusing");

        try (SshBridge bridge = SshBridge.open(fake(address))) {
            assertThatThrownBy(() -> EngineReading.open(EngineAddress.parse("unix://" + bridge.socket())))
                    .isInstanceOf(EnvironmentException.class);
            assertThat(bridge.complaint()).isEqualTo("me@refusing: Permission denied (publickey).");
        }
        assertThatThrownBy(() -> EngineReading.open(EngineAddress.parse("ssh://no-such-host.invalid")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("ssh://no-such-host.invalid (given)")
                .hasMessageContaining("; ssh said: ");
    }

    @Test
    void aPortOfTheFarHostIsBroughtHere() throws IOException {
        EngineAddress address = EngineAddress.parse("ssh://me@here.example");
        try (ServerSocket far = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SshForward forward = SshForward.open(fake(address), far.getLocalPort())) {
            Thread.ofVirtual().start(() -> greet(far));
            try (Socket near = new Socket(InetAddress.getLoopbackAddress(), forward.port())) {
                near.setSoTimeout(20_000);
                near.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
                assertThat(new String(near.getInputStream().readNBytes(6), StandardCharsets.UTF_8))
                        .isEqualTo("HELLO\n");
            }
        }
        assertThat(SshForward.open(EngineAddress.parse("tcp://127.0.0.1:1"), 80))
                .isEmpty();
    }

    private SshTarget fake(EngineAddress address) {
        return SshTarget.of(address.uri()).by(ssh);
    }

    private static void greet(ServerSocket far) {
        try (Socket socket = far.accept()) {
            String said = new String(socket.getInputStream().readNBytes(6), StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write(said.toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().read();
        } catch (IOException closed) {
            // the test is over
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

    private String program(String name, String text) throws IOException {
        Path file = Files.writeString(programs.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
