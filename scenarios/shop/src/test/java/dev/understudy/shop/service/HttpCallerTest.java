package dev.understudy.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
    private static final Optional<Duration> LONG = Optional.of(Duration.ofSeconds(30));
    private static final String CLOSES = "close";

    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final HttpCaller caller;

    HttpCallerTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        caller = HttpCaller.of("http://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        server.close();
    }

    @Test
    void aConnectionServesOneCallAfterTheOther() throws IOException {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nhi", "HTTP/1.1 204 None\r\n\r\n");
        Reply first = call(LONG);
        assertThat(text(first)).isEqualTo("hi");
        assertThat(first.headers()).isEqualTo(Map.of("x-a", "b"));
        assertThat(call(LONG).status()).isEqualTo(204);
        assertThat(connections).hasValue(1);
    }

    @Test
    void chunksAreOneBody() throws IOException {
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na;x=1\r\n0123456789\r\n0\r\n\r\n");
        assertThat(text(call(LONG))).isEqualTo("abc0123456789");
    }

    @Test
    void aBodyMayEndWithItsConnection() throws IOException {
        answering("HTTP/1.1 200 OK\r\n\r\nto the end", CLOSES, "HTTP/1.1 204 None\r\n\r\n");
        assertThat(text(call(LONG))).isEqualTo("to the end");
        assertThat(call(LONG).status()).isEqualTo(204);
        assertThat(connections).hasValue(2);
    }

    @Test
    void aConnectionThatTheOtherSideClosedIsNotUsedAgain() throws Exception {
        Thread answers = answering("HTTP/1.1 204 None\r\n\r\n", CLOSES);
        call(LONG);
        answers.join();
        answering("HTTP/1.1 204 None\r\n\r\n");
        assertThat(call(LONG).status()).isEqualTo(204);
        assertThat(connections).hasValue(2);
    }

    @Test
    void patienceEndsEvenIfTheAnswerDripsIn() {
        Duration short_ = Duration.ofMillis(50);
        answering("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf of ");
        assertThatThrownBy(() -> call(Optional.of(short_))).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf of ", CLOSES);
        assertThatThrownBy(() -> call(LONG)).isInstanceOf(EOFException.class);
    }

    @Test
    void anAddressHasAHostAndAPort() {
        assertThatThrownBy(() -> HttpCaller.of("127.0.0.1:80")).hasMessageContaining("'127.0.0.1:80'");
    }

    private Reply call(Optional<Duration> patience) throws IOException {
        return caller.send(Call.post("/x", Map.of(), Json.object("a", 1)), patience);
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /// Answers one request after the other, on one connection until told to close it.
    private Thread answering(String... answers) {
        Thread thread = new Thread(() -> {
            try {
                answer(List.of(answers));
            } catch (IOException e) {
                // The test is over: it closes what this reads from.
                connections.get();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void answer(List<String> answers) throws IOException {
        Socket socket = server.accept();
        connections.incrementAndGet();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).equals(CLOSES)) {
                socket.close();
                if (i + 1 < answers.size()) {
                    socket = server.accept();
                    connections.incrementAndGet();
                }
            } else {
                readRequest(socket.getInputStream());
                socket.getOutputStream().write(answers.get(i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("{\"a\":1}") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            request.append((char) next);
        }
    }
}
