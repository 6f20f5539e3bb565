package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.LinkHandle.Disturbance.Delay;
import dev.understudy.runtime.LinkHandle.Disturbance.Refuse;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Disturbances, and targets that come and go, on real sockets.
class DisturbingTest {
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration ENDLESS = Duration.ofHours(1);

    private final Bench bench = new Bench();

    @AfterEach
    void endLinks() {
        bench.close();
    }

    @Test
    void everyRequestIsHeldForTheSumOfAllDelays() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("one", new Delay(SHORT));
            link.disturb("two", new Delay(SHORT));
            try (Socket caller = Bench.connect(link)) {
                for (int i = 0; i < 2; i++) {
                    Bench.get(caller);
                    LinkSample sample = bench.sample();
                    assertThat(sample.addedNanos()).isGreaterThanOrEqualTo(2 * SHORT.toNanos());
                    assertThat(sample.endNanos() - sample.startNanos()).isGreaterThanOrEqualTo(sample.addedNanos());
                }
                link.calm("one");
                link.calm("two");
                Bench.get(caller);
                assertThat(bench.sample().addedNanos()).isZero();
            }
        }
    }

    @Test
    void bodyIsNotDelayedASecondTime() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            try (Socket caller = Bench.connect(link)) {
                link.disturb("d", new Delay(SHORT));
                Bench.send(caller, "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc");
                Bench.until(() -> link.counts().bytesToServer() > 0);
                // When the rest comes after the deadline of its request, under a delay that would never end
                link.disturb("d", new Delay(ENDLESS));
                Bench.send(caller, "def");
                assertThat(Bench.answer(caller)).endsWith("t 6");
            }
        }
    }

    @Test
    void heldRequestFlowsAtOnceWhenCalmed() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("d", new Delay(ENDLESS));
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "GET / HTTP/1.1\r\n\r\n");
                Bench.until(() -> link.counts().bytesFromClient() > 0);
                assertThat(link.disturbances()).containsOnlyKeys("d");
                link.calm("d");
                link.calm("d");
                assertThat(Bench.answer(caller)).endsWith("t 0");
                assertThat(link.disturbances()).isEmpty();
            }
        }
    }

    @Test
    void turnAroundIsDelayedOnceHoweverManyPiecesItHas() throws Exception {
        try (Target target = new Target(peer -> {
            peer.getInputStream().readNBytes(3);
            peer.getOutputStream().write(1);
            peer.getInputStream().read();
        })) {
            LinkProxy link = bench.link(Protocol.TCP, target);
            link.disturb("d", new Delay(SHORT));
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "a");
                Bench.until(() -> link.counts().bytesToServer() == 1);
                link.disturb("d", new Delay(ENDLESS));
                Bench.send(caller, "b");
                Bench.send(caller, "c");
                Bench.receive(caller, 1);
                LinkSample sample = bench.sample();
                assertThat(sample.status()).isEqualTo(1);
                assertThat(sample.addedNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
            }
        }
    }

    @Test
    void delayedCallerThatSendsMuchIsStoppedAndNothingIsLost() throws Exception {
        byte[] much = new byte[30 * 1024 * 1024];
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("d", new Delay(ENDLESS));
            try (Socket caller = Bench.connect(link)) {
                Thread sender = Thread.ofVirtual().start(() -> {
                    try {
                        Bench.send(caller, "POST / HTTP/1.1\r\nContent-Length: " + much.length + "\r\n\r\n");
                        caller.getOutputStream().write(much);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                Bench.until(() -> link.counts().bytesFromClient() > 200 * 1024);
                assertThat(link.counts().bytesFromClient()).isLessThanOrEqualTo(256 * 1024);
                assertThat(link.counts().bytesToServer()).isZero();
                assertThat(sender.isAlive()).isTrue();
                link.calm("d");
                assertThat(Bench.answer(caller)).endsWith("t " + much.length);
            }
        }
    }

    @Test
    void refusingLinkHasNoListenerAndEndsWhatIsOpen() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            try (Socket caller = Bench.connect(link)) {
                Bench.get(caller);
                bench.sample();
                link.disturb("r", new Refuse(false));
                assertThatThrownBy(() -> Bench.get(caller)).isInstanceOf(SocketException.class);
            }
            assertThatThrownBy(() -> Bench.connect(link)).isInstanceOf(ConnectException.class);
            assertThat(link.disturbances()).containsOnlyKeys("r");

            link.calm("r");
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).endsWith("t 0");
            }
        }
    }

    @Test
    void refusingLinkMayKeepWhatIsOpen() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            try (Socket caller = Bench.connect(link)) {
                Bench.get(caller);
                link.disturb("r", new Refuse(true));
                assertThat(Bench.get(caller)).endsWith("t 0");
                assertThatThrownBy(() -> Bench.connect(link)).isInstanceOf(ConnectException.class);
                link.disturb("r", new Refuse(false));
                assertThatThrownBy(() -> Bench.get(caller)).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void cutExchangeIsAFailure() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("d", new Delay(ENDLESS));
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "GET / HTTP/1.1\r\n\r\n");
                Bench.until(() -> link.counts().bytesFromClient() > 0);
                link.disturb("r", new Refuse(false));
                assertThat(bench.sample().status()).isZero();
                assertThat(link.counts().open()).isZero();
            }
        }
    }

    @Test
    void absentTargetResetsTheCallerAndIsRecordedUntilItIsBack() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            target.stop();
            assertThatThrownBy(() -> connectAndGet(link)).isInstanceOf(IOException.class);
            assertThat(bench.sample().status()).isZero();
            assertThat(link.counts().refused()).isEqualTo(1);

            target.startAgain();
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).endsWith("t 0");
            }
            assertThat(bench.sample().status()).isEqualTo(200);
        }
    }

    @Test
    void linkToAServiceThatIsOffResetsAndRecords() throws Exception {
        LinkProxy link = bench.link(Protocol.HTTP);
        assertThatThrownBy(() -> connectAndGet(link)).isInstanceOf(IOException.class);
        assertThat(bench.sample().status()).isZero();
        assertThat(link.counts().refused()).isEqualTo(1);
    }

    @Test
    void wayIntoAnArmSaysThatNobodyTookTheRequest() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.ingress(Protocol.HTTP, target);
            target.stop();
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).startsWith("HTTP/1.1 502 ").contains("\r\nUnderstudy-Link: refused\r\n");
            }
            assertThat(bench.sample().status()).isZero();
        }
    }

    @Test
    void refusedCallerWithALargeBodyGetsItsAnswerToo() throws Exception {
        try (Target target = Target.http("t");
                HttpClient client = HttpClient.newHttpClient()) {
            LinkProxy link = bench.ingress(Protocol.HTTP, target);
            target.stop();
            URI uri = URI.create("http://127.0.0.1:" + link.port() + "/");
            HttpRequest post = HttpRequest.newBuilder(uri)
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4 * 1024 * 1024]))
                    .build();
            HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue(LinkProxy.REFUSED_HEADER)).contains("refused");
        }
    }

    @Test
    void wayIntoAnArmKeepsItsCallerWhileTheTargetRestarts() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.ingress(Protocol.HTTP, target);
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).endsWith("t 0");
                target.stop();
                target.startAgain();
                assertThat(Bench.get(caller)).endsWith("t 0");
                assertThat(target.accepted()).isEqualTo(2);
                assertThat(bench.sample().status()).isEqualTo(200);
                assertThat(bench.sample().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void wayIntoAnArmRefusesWithoutLosingItsListener() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.ingress(Protocol.HTTP, target);
            link.disturb("r", new Refuse(false));
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).contains("Understudy-Link: refused");
            }
            link.calm("r");
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).endsWith("t 0");
            }
        }
    }

    @Test
    void closedLinksAreCalmAndStayCalm() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("d", new Delay(ENDLESS));
            bench.loop.close();
            link.calm("d");
            link.close();
            assertThat(link.disturbances()).isEmpty();
            assertThatThrownBy(() -> Bench.connect(link)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> link.disturb("d", new Delay(SHORT))).hasMessageContaining("closed");
        }
    }

    private static String connectAndGet(LinkProxy link) throws IOException {
        try (Socket caller = Bench.connect(link)) {
            return Bench.get(caller);
        }
    }
}
