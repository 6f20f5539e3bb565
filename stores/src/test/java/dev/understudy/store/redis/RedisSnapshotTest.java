package dev.understudy.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both forms in which servers send a snapshot are understood, and one that breaks off is none.
final class RedisSnapshotTest {
    private static final String MARK = "0123456789012345678901234567890123456789";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void aSnapshotOfKnownLengthEndsWhereItSays() throws IOException {
        Path file = directory.resolve("dump.rdb");

        RedisSnapshot.Taken taken = fetched("-ERR unknown\r\n-ERR unknown\r\n\n\n$9\r\nREDIS0011*1\r\nPING", file);

        assertThat(Files.readString(file)).isEqualTo("REDIS0011");
        assertThat(taken.bytes()).isEqualTo(9);
        assertThat(taken.surelyInEpochMillis()).isLessThan(taken.surelyOutEpochMillis());
    }

    @Test
    void aSnapshotOfUnknownLengthEndsWithItsMark() throws IOException {
        Path file = directory.resolve("dump.rdb");
        String content = "REDIS" + "0123456789".repeat(30_000);

        fetched("+OK\r\n+OK\r\n$EOF:" + MARK + "\r\n" + content + MARK, file);

        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @Test
    void oneThatBreaksOffIsNone() {
        assertThatThrownBy(() ->
                        fetched("+OK\r\n+OK\r\n$EOF:" + MARK + "\r\nREDIS" + "x".repeat(100), directory.resolve("a")))
                .hasMessageContaining("its end is missing");
        assertThatThrownBy(() -> fetched("+OK\r\n+OK\r\n$90\r\nREDIS", directory.resolve("b")))
                .hasMessageContaining("85 of 90 bytes are missing");
        assertThatThrownBy(() -> fetched("+OK\r\n+OK\r\n-NOPERM no SYNC for you\r\n", directory.resolve("c")))
                .hasMessageContaining("NOPERM no SYNC for you");
    }

    /// From a server that says `answers`, whatever it is asked.
    private static RedisSnapshot.Taken fetched(String answers, Path file) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept();
                        OutputStream out = socket.getOutputStream()) {
                    out.write(answers.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // the client had enough
                }
            });
            return RedisSnapshot.fetch(
                    new RedisLogin("127.0.0.1", server.getLocalPort(), Optional.empty(), Optional.empty()), file, SOON);
        }
    }
}
