package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Framing of HTTP/1.1, whole and torn at every place.
class HttpMeterTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    /// What a connection carried, and the statuses that should be seen; `odd` if it is no HTTP/1.x.
    record Talk(String name, String requests, String responses, boolean closes, List<Integer> statuses, boolean odd) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Talk> talks() {
        return Stream.of(
                talk("content length", GET, OK, 200),
                talk("two in a row", GET + GET, OK + OK.replace("200 OK", "404 None"), 200, 404),
                talk("no content", GET, "HTTP/1.1 204 No Content\r\n\r\n", 204),
                talk("not modified with a length", GET, "HTTP/1.1 304 Same\r\nContent-Length: 99\r\n\r\n", 304),
                talk(
                        "head",
                        GET.replace("GET", "HEAD") + GET,
                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + OK,
                        200,
                        200),
                talk("chunked answer", GET + GET, chunked("HTTP/1.1 200 OK") + OK, 200, 200),
                talk("chunked request", chunked("POST / HTTP/1.1") + GET, OK + OK, 200, 200),
                talk("chunks beat the length", GET, chunked("HTTP/1.1 200 OK\r\nContent-Length: 3"), 200),
                talk("request with a body", "PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\nGET " + GET, OK + OK, 200, 200),
                talk("continue", GET, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: a\r\n\r\n" + OK, 200),
                talk("bare line feeds", GET.replace("\r", ""), OK.replace("\r", ""), 200),
                talk("empty lines before", "\r\n" + GET + "\r\n\r\n" + GET, OK + OK, 200, 200),
                talk("folded field", GET.replace("Host: x", "A: b\r\n Content-Length: 9"), OK, 200),
                talk("no reason", GET, "HTTP/1.1 200\r\nContent-length:0\r\n\r\n", 200),
                talk("long target", GET.replace("/a", "/" + "a".repeat(2000)), OK, 200),
                talk("unanswered", GET, "", 0),
                talk("answered in half", GET, OK.substring(0, OK.length() - 1), 0),
                talk("second unanswered", GET + GET, OK, 200, 0),
                talk("nothing", "", ""),
                closing("until close", GET, "HTTP/1.0 200 OK\r\n\r\nwhatever comes", 200),
                closing("other coding", GET, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nzzz", 200),
                closing("chunks cut", GET, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", 0),
                talk("upgrade", GET, "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\1\2\3HTTP/1.1 500 x\r\n", 101),
                talk("tunnel", "CONNECT a:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n\0\1\2", 200),
                talk("timed out before any request", "", "HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n"),
                odd("tls", "\26\3\1\2\0\1\0", "\26\3\3\0"),
                odd("http/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0\0\6\4"),
                odd("greeting", "", "220 mail ready\r\n"),
                odd("two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", OK, 200),
                odd("no field", "GET / HTTP/1.1\r\nwhat\r\n\r\n", OK, 200),
                odd("bad chunk", GET, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 0),
                odd("garbage for an answer", GET, "gar bage\r\n", 0),
                odd("garbage behind a request", GET + "\0\1\2", OK + "\0\1", 200));
    }

    private static String chunked(String first) {
        return first + "\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n";
    }

    private static Talk talk(String name, String requests, String responses, Integer... statuses) {
        return new Talk(name, requests, responses, false, List.of(statuses), false);
    }

    private static Talk closing(String name, String requests, String responses, Integer... statuses) {
        return new Talk(name, requests, responses, true, List.of(statuses), false);
    }

    private static Talk odd(String name, String requests, String responses, Integer... statuses) {
        return new Talk(name, requests, responses, false, List.of(statuses), true);
    }

    @ParameterizedTest
    @MethodSource("talks")
    void sameExchangesWhereverTheBytesAreTorn(Talk talk) {
        int places = Math.max(talk.requests().length(), talk.responses().length());
        for (int tear = 0; tear <= places; tear++) {
            int at = tear;
            Heard heard = new Heard();
            heard.play(talk, length -> Math.min(at, length), Integer.MAX_VALUE);
            heard.agreesWith(talk, "torn at " + tear);
        }
    }

    @ParameterizedTest
    @MethodSource("talks")
    void sameExchangesInRandomPieces(Talk talk) {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            Heard heard = new Heard();
            heard.play(talk, length -> chance.nextInt(length + 1), 1 + chance.nextInt(9));
            heard.agreesWith(talk, "seed " + seed);
        }
    }

    @Test
    void exchangeLastsFromItsFirstByteToTheLastOfItsAnswer() {
        Heard heard = new Heard();
        heard.client("G", 10);
        heard.client(GET.substring(1), 20);
        heard.server(OK.substring(0, 7), 30);
        heard.server(OK.substring(7), 40);
        assertThat(heard.spans).containsExactly("10-40");
    }

    @Test
    void earlyAnswerEndsTheExchangeAndTheNextRequestBeginsAnother() {
        Heard heard = new Heard();
        heard.client("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab", 10);
        heard.server(OK, 20);
        heard.client("cd" + GET, 30);
        heard.server(OK, 40);
        assertThat(heard.spans).containsExactly("10-20", "30-40");
    }

    @Test
    void callerThatLeftBeforeTheAnswerIsCountedOnce() {
        Heard heard = new Heard();
        heard.client(GET, 10);
        heard.meter.clientEnded(20);
        heard.meter.clientGone();
        heard.server(OK, 30);
        heard.meter.serverEnded(40);
        assertThat(heard.statuses).containsExactly(0);
        assertThat(heard.spans).containsExactly("10-20");
    }

    @Test
    void whatFollowsAnUpgradeIsNotMeasured() {
        Heard heard = new Heard();
        heard.client(GET, 10);
        heard.server("HTTP/1.1 101 Switching\r\n\r\n", 20);
        heard.client("\1\2" + GET, 30);
        heard.server(OK, 40);
        assertThat(heard.statuses).containsExactly(101);
        assertThat(heard.odd).isZero();
    }

    @Test
    void requestWhoseBytesWereNotPassedOnIsUntouched() {
        Heard heard = new Heard();
        heard.client(GET, 10);
        assertThat(heard.meter.isUntouched(0)).isTrue();
        assertThat(heard.meter.isUntouched(1)).isFalse();
        heard.server(OK, 20);
        assertThat(heard.meter.isUntouched(GET.length())).isTrue();
    }

    /// A meter, and what it says.
    private static final class Heard {
        private final List<Integer> statuses = new ArrayList<>();
        private final List<String> spans = new ArrayList<>();
        private int odd;
        private long sent;
        private final HttpMeter meter = new HttpMeter(
                new Gate(() -> 0),
                new HttpFaults(),
                (turn, now, status) -> {
                    statuses.add(status);
                    spans.add(turn.began() + "-" + now);
                },
                () -> odd++);

        void client(String text, long now) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            meter.fromClient(ByteBuffer.wrap(bytes), 0, bytes.length, sent, now);
            sent += bytes.length;
        }

        void server(String text, long now) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            meter.fromServer(ByteBuffer.wrap(bytes), 0, bytes.length, now);
        }

        void play(Talk talk, java.util.function.IntUnaryOperator firstPiece, int rest) {
            pieces(talk.requests(), firstPiece, rest).forEach(piece -> client(piece, 1));
            pieces(talk.responses(), firstPiece, rest).forEach(piece -> server(piece, 2));
            meter.serverEnded(3);
        }

        void agreesWith(Talk talk, String how) {
            assertThat(statuses).as(talk + ", " + how).isEqualTo(talk.statuses());
            assertThat(odd).as(talk + ", " + how).isEqualTo(talk.odd() ? 1 : 0);
        }

        private static List<String> pieces(String text, java.util.function.IntUnaryOperator firstPiece, int rest) {
            List<String> pieces = new ArrayList<>();
            int at = firstPiece.applyAsInt(text.length());
            pieces.add(text.substring(0, at));
            while (at < text.length()) {
                int to = (int) Math.min((long) at + rest, text.length());
                pieces.add(text.substring(at, to));
                at = to;
            }
            return pieces;
        }
    }
}
