package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshBridgeTest {
    @TempDir
    private Path programs;

    @Test
    void whatSshSaysIsInTheMessage() {
        try (SshBridge bridge = SshBridge.open(new FakeSsh(programs).to("ssh://me@refusing"))) {
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
        try (ServerSocket far = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SshForward forward =
                        SshForward.open(new FakeSsh(programs).to("ssh://me@here.example"), far.getLocalPort())) {
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
}
