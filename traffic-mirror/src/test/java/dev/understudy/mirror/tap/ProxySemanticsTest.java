package dev.understudy.mirror.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Endpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What passes through the proxy, byte by byte, on loopback.
@Timeout(60)
class ProxySemanticsTest {
    private RawServer server = new RawServer(RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
    private MirrorTap tap = tap(server.at());

    ProxySemanticsTest() throws IOException {}

    private static MirrorTap tap(Endpoint... instances) {
        Endpoint any = new Endpoint("127.0.0.1", 0);
        return MirrorTap.start(new MirrorSettings("shop", any, any, List.of(instances), MirrorSettings.Limits.USUAL));
    }

    private void live(RawServer.Script script) throws IOException {
        tap.close();
        server.close();
        server = new RawServer(script);
        tap = tap(server.at());
    }

    @AfterEach
    void stop() throws IOException {
        tap.close();
        server.close();
    }

    private static String lower(String head) {
        return head.toLowerCase(Locale.ROOT);
    }

    @Test
    void headersPassButForThoseOfTheConnection() throws IOException {
        live(RawServer.saying(
                "HTTP/1.1 200 Fine\nContent-Length: 2\nSet-Cookie: a=1\nSet-Cookie: b=2\nConnection: X-Hop\n"
                        + "X-Hop: 1\nKeep-Alive: timeout=5\nX-End: 2\n\nok"));
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET /a%20b?x=%2F HTTP/1.1\nHost: shop.example:99\nConnection: keep-alive, X-Secret\n"
                    + "X-Secret: 1\nTE: trailers\nCookie: session=1\nX-Kept: yes\nUpgrade: h2c\n\n");
            String answer = client.head();
            assertThat(answer).startsWith("HTTP/1.1 200 Fine\r\n");
            assertThat(lower(answer))
                    .contains("set-cookie: a=1\r\n", "set-cookie: b=2\r\n", "x-end: 2")
                    .doesNotContain("x-hop", "keep-alive");
            assertThat(client.read(2)).isEqualTo("ok");
        }
        String asked = server.heads.getFirst();
        assertThat(asked).startsWith("GET /a%20b?x=%2F HTTP/1.1\r\n");
        assertThat(lower(asked))
                .contains("host: shop.example:99\r\n", "cookie: session=1", "x-kept: yes", "x-forwarded-for: 127.0.0.1")
                .doesNotContain("x-secret", "\r\nte:", "upgrade");
    }

    @Test
    void connectionsAreKeptOnBothSides() throws IOException {
        try (RawClient client = new RawClient(tap.at())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\nHost: a\n\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.read(2)).isEqualTo("ok");
            }
        }
        assertThat(server.heads).hasSize(3);
    }

    @Test
    void anAnswerToHeadKeepsItsLengthAndHasNoBody() throws IOException {
        live(RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 12345\n\n"));
        try (RawClient client = new RawClient(tap.at())) {
            client.send("HEAD / HTTP/1.1\nHost: a\n\nHEAD / HTTP/1.1\nHost: a\n\n");
            assertThat(lower(client.head())).contains("content-length: 12345\r\n");
            assertThat(lower(client.head())).startsWith("http/1.1 200");
        }
    }

    @Test
    void answersWithoutABodyStayWithoutOne() throws IOException {
        live((head, in, out) -> out.write(RawServer.bytes(
                head.startsWith("GET /204")
                        ? "HTTP/1.1 204 No Content\nX-A: 1\n\n"
                        : "HTTP/1.1 304 Not Modified\nETag: \"x\"\nContent-Length: 77\n\n")));
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET /204 HTTP/1.1\nHost: a\n\n");
            assertThat(lower(client.head())).startsWith("http/1.1 204").doesNotContain("content-length", "chunked");
            client.send("GET /304 HTTP/1.1\nHost: a\n\n");
            assertThat(lower(client.head()))
                    .startsWith("http/1.1 304")
                    .contains("etag: \"x\"")
                    .doesNotContain("chunked");
            client.send("GET /204 HTTP/1.1\nHost: a\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void chunkedBodiesPassBothWaysWithTheirTrailers() throws IOException {
        live((head, in, out) -> {
            String body = readChunked(in);
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
                    + Integer.toHexString(body.length()) + "\n" + body + "\n0\nX-Sum: 7\n\n"));
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\n6\n world\n0\n\n");
            assertThat(lower(client.head()))
                    .contains("transfer-encoding: chunked")
                    .doesNotContain("content-length");
            StringBuilder body = new StringBuilder();
            while (!body.toString().endsWith("\r\n\r\n")) {
                body.append(client.read(1));
            }
            assertThat(body.toString()).contains("hello world").contains("X-Sum: 7");
        }
        assertThat(lower(server.heads.getFirst())).contains("transfer-encoding: chunked");
    }

    private static String readChunked(java.io.InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                size.append((char) b);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            body.append(new String(in.readNBytes(length), java.nio.charset.StandardCharsets.ISO_8859_1));
            in.readNBytes(2);
            if (length == 0) {
                return body.toString();
            }
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionArrivesWhole() throws IOException {
        live((head, in, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nConnection: close\n\nuntil the end"));
            out.close();
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET / HTTP/1.0\n\n");
            assertThat(client.rest()).endsWith("until the end");
        }
    }

    @Test
    void continueIsAskedOfTheInstance() throws IOException {
        live((head, in, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 100 Continue\n\n"));
            out.flush();
            String body = new String(in.readNBytes(5), java.nio.charset.StandardCharsets.ISO_8859_1);
            out.write(RawServer.bytes("HTTP/1.1 201 Created\nContent-Length: 5\n\n" + body));
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 5\nExpect: 100-continue\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100");
            client.send("hello");
            assertThat(client.head()).startsWith("HTTP/1.1 201");
            assertThat(client.read(5)).isEqualTo("hello");
        }
    }

    @Test
    void anInstanceMayRefuseBeforeTheBodyIsSent() throws IOException {
        live(RawServer.saying("HTTP/1.1 417 Expectation Failed\nContent-Length: 0\n\n"));
        try (RawClient client = new RawClient(tap.at())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 5\nExpect: 100-continue\n\n");
            assertThat(lower(client.head())).startsWith("http/1.1 417").contains("connection: close");
        }
    }

    @Test
    void conflictingLengthsAreRefusedAndNeverReachLive() throws IOException {
        for (String lines : List.of(
                "Content-Length: 5\nContent-Length: 6",
                "Content-Length: 5\nTransfer-Encoding: gzip, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Content-Length: -1")) {
            try (RawClient client = new RawClient(tap.at())) {
                client.send("POST / HTTP/1.1\nHost: a\n" + lines + "\n\nhello");
                assertThat(client.head()).as(lines).matches("(?s)HTTP/1.1 (400|501).*");
            }
        }
        assertThat(server.heads).isEmpty();
    }

    @Test
    void aLengthBesideChunksIsNotPassedOn() throws IOException {
        live((head, in, out) -> {
            readChunked(in);
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 4\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n");
            assertThat(client.head()).matches("(?s)HTTP/1.1 (200|400).*");
        }
        assertThat(server.heads).allSatisfy(head -> assertThat(lower(head)).doesNotContain("content-length"));
    }

    @Test
    void aLargeBodyStreamsThroughWithoutBeingHeld() throws IOException {
        int length = 64 << 20;
        live((head, in, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: " + length + "\n\n"));
            byte[] part = new byte[64 << 10];
            for (long left = length; left > 0; ) {
                int read = in.read(part, 0, (int) Math.min(part.length, left));
                out.write(part, 0, read);
                left -= read;
            }
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: " + length + "\n\n");
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < length >> 16; i++) {
                        client.send(new byte[64 << 10]);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            // The echo fits into no socket buffer, so the sender can't be through before it is read here.
            assertThat(writer.isAlive()).isTrue();
            long read = 0;
            byte[] part = new byte[64 << 10];
            while (read < length) {
                int now = client.in().read(part);
                assertThat(now).isPositive();
                read += now;
            }
            assertThat(read).isEqualTo(length);
        }
    }

    @Test
    void aWebSocketIsPassedThrough() throws IOException {
        live((head, in, out) -> {
            out.write(
                    RawServer.bytes(
                            "HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Accept: x\n\n"));
            out.flush();
            byte[] frame = in.readNBytes(4);
            out.write(frame);
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET /ws HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Key: k\n"
                    + "Sec-WebSocket-Version: 13\n\n");
            assertThat(lower(client.head())).startsWith("http/1.1 101").contains("sec-websocket-accept: x");
            client.send("ping");
            assertThat(client.read(4)).isEqualTo("ping");
        }
    }

    @Test
    void aRefusedWebSocketIsAnAnswer() throws IOException {
        live(RawServer.saying("HTTP/1.1 403 Forbidden\nContent-Length: 2\n\nno"));
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET /ws HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 403");
            assertThat(client.read(2)).isEqualTo("no");
        }
    }

    @Test
    void withoutAnInstanceTheAnswerIs502() throws IOException {
        int free;
        try (ServerSocket unused = new ServerSocket(0)) {
            free = unused.getLocalPort();
        }
        try (MirrorTap alone = tap(new Endpoint("127.0.0.1", free));
                RawClient client = new RawClient(alone.at())) {
            client.send("GET / HTTP/1.1\nHost: a\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void instancesTakeTurnsAndADownOneIsSkipped() throws IOException {
        int free;
        try (ServerSocket unused = new ServerSocket(0)) {
            free = unused.getLocalPort();
        }
        try (RawServer other = new RawServer(RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 2\n\nno"));
                MirrorTap three = tap(server.at(), new Endpoint("127.0.0.1", free), other.at());
                RawClient client = new RawClient(three.at())) {
            for (int i = 0; i < 6; i++) {
                client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                client.read(2);
            }
            assertThat(server.heads.size()).isEqualTo(2);
            assertThat(other.heads.size()).isEqualTo(4);
        }
    }

    @Test
    void aConnectionThatDiesBeforeTheAnswerIs502ForAWriteAndTriedAgainForARead() throws IOException {
        live((head, in, out) -> {
            if (server.heads.size() % 2 == 1) {
                out.close();
            } else {
                out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
            }
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET / HTTP/1.1\nHost: a\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
            assertThat(client.head()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void anAnswerThatBreaksOffBreaksOffForTheClientToo() throws IOException {
        live((head, in, out) -> {
            out.write(RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf"));
            out.close();
        });
        try (RawClient client = new RawClient(tap.at())) {
            client.send("GET / HTTP/1.1\nHost: a\n\n");
            client.head();
            assertThat(client.rest()).isEqualTo("half");
        }
    }
}
