package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpeningTest {
    @Test
    void theVersionIsTheNewestThatBothKnow() throws IOException {
        try (FakeEngine fake = new FakeEngine();
                EngineReading engine = EngineReading.open(fake.address())) {
            assertThat(engine.version().path("ApiVersion").asString("")).isEqualTo("1.43");
            assertThat(fake.calls()).containsExactly("GET /version", "GET /v1.43/version");
        }
        try (FakeEngine fake = new FakeEngine()
                        .answers("/version", 200, "{\"ApiVersion\": \"1.99\", \"MinAPIVersion\": \"1.44\"}")
                        .answers("/v1.51/version", 200, "{}");
                EngineReading engine = EngineReading.open(fake.address())) {
            assertThat(engine.version().isEmpty()).isTrue();
        }
    }

    @Test
    void anEngineThatIsTooOldIsNamed() throws IOException {
        try (FakeEngine fake =
                new FakeEngine().answers("/version", 200, "{\"ApiVersion\": \"1.40\", \"Version\": \"19.03\"}")) {
            assertThatThrownBy(() -> EngineReading.open(fake.address()))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("19.03")
                    .hasMessageContaining("1.40")
                    .hasMessageContaining("1.41 is needed")
                    .hasMessageContaining("a test");
        }
        try (FakeEngine fake =
                new FakeEngine().answers("/version", 200, "{\"ApiVersion\": \"1.70\", \"MinAPIVersion\": \"1.60\"}")) {
            assertThatThrownBy(() -> EngineReading.open(fake.address())).hasMessageContaining("before 1.60");
        }
    }

    @Test
    void anEngineThatIsBrokenSaysSoItself() throws IOException {
        try (FakeEngine fake = new FakeEngine().answers("/version", 500, "{\"message\": \"the disk is full\"}")) {
            assertThatThrownBy(() -> EngineReading.open(fake.address()))
                    .hasMessage("no Docker engine to work with: the engine answered 500 to GET /version:"
                            + " the disk is full");
        }
        try (FakeEngine fake = new FakeEngine().answers("/version", 200, "<html>welcome</html>")) {
            assertThatThrownBy(() -> EngineReading.open(fake.address()))
                    .hasMessageContaining("is no Docker engine")
                    .hasMessageContaining("<html>welcome");
        }
        try (FakeEngine fake =
                        new FakeEngine().answers("/v1.43/info", 500, "").answers("/v1.43/volumes", 502, "bad gateway");
                EngineReading engine = EngineReading.open(fake.address())) {
            assertThatThrownBy(engine::info).hasMessage("the engine answered 500 to GET /info: nothing more");
            assertThatThrownBy(() -> engine.volumes(Map.of()))
                    .hasMessage("the engine answered 502 to GET /volumes: 'bad gateway'");
        }
    }

    @Test
    void whereNothingListensTheReasonIsTold(@TempDir Path directory) throws IOException {
        EngineAddress missing = EngineAddress.parse("unix://" + directory + "/docker.sock");
        assertThatThrownBy(() -> EngineReading.open(missing))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(directory + "/docker.sock (given)")
                .hasMessageContaining("no engine has made this socket");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> EngineReading.open(EngineAddress.parse("tcp://127.0.0.1:" + port)))
                .hasMessageContaining("tcp://127.0.0.1:" + port)
                .hasMessageContaining("no engine listens there");
    }

    @Test
    void whatTakesAConnectionAndSpeaksNonsenseIsNoEngine(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> speak(listening, "SSH-2.0-hello\r\n\r\n"));
            assertThatThrownBy(() -> EngineReading.open(EngineAddress.parse("unix://" + socket)))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("GET /version at unix://" + socket);
        }
    }

    @Test
    void anEngineThatHangsIsGivenUpOnTime(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            EngineAddress address = EngineAddress.parse("unix://" + socket);
            try (EngineWire wire = Opening.connected(address)) {
                assertThatThrownBy(() -> wire.ask(Call.get("/info"), Duration.ofMillis(300)))
                        .isInstanceOf(EnvironmentException.class)
                        .hasMessageContaining("GET /info at unix://" + socket + ": no answer within");
            }
        }
    }

    @Test
    void nothingButReadingGoesThroughAndItIsNotedWhatDid() throws IOException {
        try (FakeEngine fake = new FakeEngine()
                        .answers("/v1.43/containers/a b/json", 200, "{\"Id\": \"a\"}")
                        .answers("/v1.43/containers/c/json", 200, "{\"Id\": \"c\"}")
                        .answers("/v1.43/containers/json", 200, "[]")
                        .answers("/v1.43/containers/c/changes", 200, "null");
                EngineReading engine = EngineReading.open(fake.address())) {
            engine.container("a b");
            engine.container("c");
            engine.containers(Map.of("label", List.of("x=y z")), true);

            assertThat(engine.changes("c").isArray()).isTrue();
            assertThat(engine.calls())
                    .containsExactly(
                            "GET /containers/json",
                            "GET /containers/{id}/changes",
                            "GET /containers/{id}/json",
                            "GET /version");
            assertThat(fake.calls()).allMatch(call -> call.startsWith("GET "));
            assertThat(fake.calls())
                    .contains(
                            "GET /v1.43/containers/a%20b/json",
                            "GET /v1.43/containers/json?all=true&filters=%7B%22label%22%3A%5B%22x%3Dy%20z%22%5D%7D");
        }
        GetOnly reading = new GetOnly(Opening.connected(EngineAddress.parse("tcp://127.0.0.1:1")));
        assertThatThrownBy(() -> reading.ask(Call.delete("/containers/{id}", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DELETE /containers/{id}");
    }

    private static void speak(ServerSocketChannel listening, String text) {
        try {
            while (true) {
                try (SocketChannel socket = listening.accept()) {
                    socket.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
