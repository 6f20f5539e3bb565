package dev.understudy.links.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests on real sockets, against a server that says exactly what a test has it say.
final class ArmHttpTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ArmHttp http = new ArmHttp();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;

    /// What a server does with one connection.
    private interface Talk {
        void with(Socket caller, InputStream in) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        http.close();
        server.close();
    }

    private void serve(Talk talk) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket caller = server.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (caller) {
                            talk.with(caller, caller.getInputStream());
                        } catch (IOException gone) {
                            // the other side decides when it is over
                        }
                    });
                }
            } catch (IOException closed) {
                // the test is over
            }
        });
    }

    /// Answers each request of a connection with the next of `answers`, then ends the connection.
    private void answering(String... answers) {
        serve((caller, in) -> {
            for (String answer : answers) {
                asked.add(request(in));
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.append((char) b);
        }
        int length = head.indexOf("Content-Length: ");
        if (length >= 0) {
            int bytes = Integer.parseInt(head.substring(length + 16, head.indexOf("\r\n", length)));
            head.append(new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1));
        }
        return head.toString();
    }

    private Answer send(Request request) {
        return http.exchange(server.getLocalPort(), request, LONG);
    }

    private Answer get(String target) {
        return send(Request.get("shop", target));
    }

    private static String body(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Answered.class);
        return new String(((Answer.Answered) answer).body(), StandardCharsets.ISO_8859_1);
    }

    private static Answer.Why why(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Unanswered.class);
        return ((Answer.Unanswered) answer).why();
    }

    @Test
    void whatUsersSentGoesThroughAsItIsButForWhatBelongsToTheirConnection() {
        answering(OK);
        Request request = new Request(
                "shop",
                "PATCH",
                "/a|b?c={d}&e=%7F",
                List.of(
                        new Request.Header("host", "shop.example"),
                        new Request.Header("X-Two", "1"),
                        new Request.Header("X-Two", "zwei ä"),
                        new Request.Header("Connection", "close"),
                        new Request.Header("Content-Length", "99"),
                        new Request.Header("Transfer-Encoding", "chunked")),
                "body".getBytes(StandardCharsets.US_ASCII));

        assertThat(body(send(request))).isEqualTo("ok");

        assertThat(asked.poll())
                .isEqualTo("PATCH /a|b?c={d}&e=%7F HTTP/1.1\r\nhost: shop.example\r\nX-Two: 1\r\nX-Two: zwei ä\r\n"
                        + "Content-Length: 4\r\n\r\nbody");
    }

    @Test
    void aRequestWithoutHostNamesWhereItGoesAndAnEmptyPostSaysSo() {
        answering(OK, OK);

        get("/");
        send(new Request("shop", "POST", "/", List.of(), new byte[0]));

        String host = "Host: 127.0.0.1:" + server.getLocalPort() + "\r\n";
        assertThat(asked.poll()).isEqualTo("GET / HTTP/1.1\r\n" + host + "\r\n");
        assertThat(asked.poll()).isEqualTo("POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n");
        assertThat(connections).hasValue(1);
    }

    @Test
    void headersComeBackInTheirOrderAndAsOftenAsTheyWereSent() {
        answering(
                "HTTP/1.1 302 Found\r\nSet-Cookie: a=1\r\nLocation:/x\r\nset-cookie:  b=2 \r\nContent-Length: 0\r\n\r\n");

        Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(((Answer.Answered) answer).headers())
                .containsExactly(
                        new Request.Header("Set-Cookie", "a=1"),
                        new Request.Header("Location", "/x"),
                        new Request.Header("set-cookie", "b=2"),
                        new Request.Header("Content-Length", "0"));
    }

    @Test
    void chunksAreJoinedAndTheConnectionIsKept() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                + "5;name=value\r\nhello\r\n1\r\n \r\nB\r\nwide world!\r\n0\r\nTrailer: x\r\n\r\n";
        answering(chunked, OK);

        assertThat(body(get("/"))).isEqualTo("hello wide world!");
        assertThat(body(get("/"))).isEqualTo("ok");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() {
        answering("HTTP/1.0 200 OK\n\nall of it");

        assertThat(body(get("/"))).isEqualTo("all of it");
        assertThat(body(get("/"))).isEqualTo("all of it");
        assertThat(connections).hasValue(2);
    }

    @Test
    void interimAnswersArePassedOverAndAnswersWithoutBodyAreComplete() {
        answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
                OK);

        assertThat(get("/").status()).isEqualTo(204);
        assertThat(get("/").status()).isEqualTo(304);
        assertThat(send(new Request("shop", "HEAD", "/", List.of(), new byte[0]))
                        .status())
                .isEqualTo(200);
        assertThat(body(get("/"))).isEqualTo("ok");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aConnectionThatTheServerClosedIsNotUsedAgain() {
        answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");

        assertThat(body(get("/"))).isEqualTo("ok");
        assertThat(body(get("/"))).isEqualTo("ok");
        assertThat(connections).hasValue(2);
    }

    @Test
    void aWriteOnAConnectionThatBreaksIsNeverSentTwice() {
        serve((caller, in) -> {
            asked.add(request(in));
            caller.getOutputStream().write(OK.getBytes(StandardCharsets.ISO_8859_1));
            asked.add(request(in));
        });
        assertThat(body(get("/"))).isEqualTo("ok");

        Answer answer = send(new Request("shop", "POST", "/", List.of(), new byte[] {1}));

        assertThat(why(answer)).isEqualTo(Answer.Why.BROKEN);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aReadOnAKeptConnectionThatBreaksUnansweredIsAskedAgainOnANewOne() {
        answering(OK);
        assertThat(body(get("/"))).isEqualTo("ok");
        assertThat(body(get("/again"))).isEqualTo("ok");
    }

    @Test
    void nobodyListeningIsARefusal() throws IOException {
        server.close();

        assertThat(why(get("/"))).isEqualTo(Answer.Why.REFUSED);
    }

    @Test
    void theRefusalOfALinkIsOneToo() {
        answering("HTTP/1.1 502 Bad Gateway\r\nUnderstudy-Link: refused\r\nContent-Length: 0\r\n\r\n");

        assertThat(why(get("/"))).isEqualTo(Answer.Why.REFUSED);
    }

    @Test
    void silenceEndsWithTheTimeOutAndSoDoesAnAnswerThatTrickles() {
        serve((caller, in) -> {
            asked.add(request(in));
            caller.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            in.read();
        });

        Answer answer = http.exchange(server.getLocalPort(), Request.get("shop", "/"), Duration.ofMillis(150));

        assertThat(why(answer)).isEqualTo(Answer.Why.TIMED_OUT);
    }

    @Test
    void aServerThatDoesNotReadALargeBodyIsGivenUp() {
        serve((caller, in) -> {
            while (!caller.isClosed() && !server.isClosed()) {
                Thread.onSpinWait();
            }
        });
        Request large = new Request("shop", "POST", "/", List.of(), new byte[64 << 20]);

        Answer answer = http.exchange(server.getLocalPort(), large, Duration.ofMillis(300));

        assertThat(why(answer)).isEqualTo(Answer.Why.TIMED_OUT);
    }

    @Test
    void anAnswerThatComesBeforeALargeBodyIsSentCounts() {
        serve((caller, in) -> {
            in.readNBytes(1000);
            caller.getOutputStream()
                    .write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            in.transferTo(java.io.OutputStream.nullOutputStream());
        });

        Answer answer = send(new Request("shop", "POST", "/", List.of(), new byte[8 << 20]));

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "HTTP/1.1 200 OK\r\nConte"
            })
    void whatIsNotAnAnswerIsABrokenOne(String said) {
        answering(said);

        assertThat(why(get("/"))).isEqualTo(Answer.Why.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nX: y", ""})
    void whatIsNoRequestIsNotSent(String target) {
        answering(OK);

        assertThat(why(get(target))).isEqualTo(Answer.Why.REFUSED);
        assertThat(why(send(new Request("shop", "G T", "/", List.of(), new byte[0]))))
                .isEqualTo(Answer.Why.REFUSED);
        assertThat(why(send(new Request(
                        "shop", "GET", "/", List.of(new Request.Header("a", "b\r\nHost: evil")), new byte[0]))))
                .isEqualTo(Answer.Why.REFUSED);
        assertThat(connections).hasValue(0);
    }

    @Test
    void manyAtOnceGetTheirOwnAnswers() throws InterruptedException {
        serve((caller, in) -> {
            while (true) {
                String target = request(in).split(" ")[1];
                String body = target.repeat(500);
                caller.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        });
        List<Thread> threads = new ArrayList<>();
        BlockingQueue<String> wrong = new LinkedBlockingQueue<>();
        for (int i = 0; i < 40; i++) {
            String target = "/" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 25; n++) {
                    if (!body(get(target)).equals(target.repeat(500))) {
                        wrong.add(target);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
        assertThat(connections.get()).isLessThanOrEqualTo(40);
    }
}
