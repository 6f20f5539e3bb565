package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.LinkHandle.Disturbance.Hold;
import dev.understudy.runtime.LinkHandle.Disturbance.Status;
import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Disturbances of single requests, and callers that are led elsewhere, on real sockets.
class HttpFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration ENDLESS = Duration.ofHours(1);

    private final Bench bench = new Bench();

    @AfterEach
    void endLinks() {
        bench.close();
    }

    @Test
    void theShareOfTheNamedRequestsIsAnsweredByTheLinkAndTheCalleeNeverSeesThem() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("s", new Status(new Requests("GET", "/notes", 0.25), 503));
            List<Integer> statuses = new ArrayList<>();
            long before = link.counts().bytesToServer();
            for (int i = 0; i < 8; i++) {
                statuses.add(status(link, "GET /notes/1"));
            }
            assertThat(statuses).containsExactly(200, 200, 200, 503, 200, 200, 200, 503);
            assertThat(link.counts().bytesToServer() - before)
                    .isEqualTo(6L * "GET /notes/1 HTTP/1.1\r\nHost: b\r\n\r\n".length());
            assertThat(status(link, "POST /notes/1")).isEqualTo(200);
            assertThat(status(link, "GET /other")).isEqualTo(200);
            assertThat(bench.samples).extracting(LinkSample::status).contains(503);
            link.calm("s");
            for (int i = 0; i < 4; i++) {
                assertThat(status(link, "GET /notes/1")).isEqualTo(200);
            }
        }
    }

    @Test
    void aBodyOfAnAnsweredRequestIsReadAndThrownAway() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.ingress(Protocol.HTTP, target);
            link.disturb("s", new Status(new Requests("", "/", 1), 429));
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "POST /x HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc");
                assertThat(Bench.answer(caller)).startsWith("HTTP/1.1 429 ").doesNotContain("Understudy");
                Bench.send(caller, "def");
                assertThat(caller.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(target.accepted()).isZero();
        }
    }

    @Test
    void onlyNamedRequestsAreHeldAndFlowAtOnceWhenCalmed() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("h", new Hold(new Requests("", "/slow", 1), ENDLESS));
            try (Socket caller = Bench.connect(link)) {
                Bench.get(caller);
                assertThat(bench.sample().addedNanos()).isZero();
                // in pieces: which request it is shows only with its line
                Bench.send(caller, "GET /sl");
                Bench.until(() -> link.counts().bytesFromClient() > 30);
                Bench.send(caller, "ow/1 HTTP/1.1\r\n\r\n");
                Bench.until(() -> link.counts().bytesFromClient() > 50);
                assertThat(link.counts().bytesToServer())
                        .isLessThan(link.counts().bytesFromClient());
                link.calm("h");
                assertThat(Bench.answer(caller)).endsWith("t 0");
                assertThat(bench.sample().addedNanos()).isPositive();
                link.disturb("h", new Hold(new Requests("", "/", 1), SHORT));
                Bench.get(caller);
                assertThat(bench.sample().addedNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
            }
        }
    }

    @Test
    void pipelinedAnswersComeInOrder() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.disturb("s", new Status(new Requests("", "/b", 1), 500));
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
                assertThat(Bench.answer(caller)).endsWith("t 0");
                assertThat(Bench.answer(caller)).startsWith("HTTP/1.1 500 ");
            }
        }
    }

    @Test
    void aLinkWithoutHttpSaysSo() throws Exception {
        try (Target target = Target.echo()) {
            LinkProxy link = bench.link(Protocol.TCP, target);
            assertThatThrownBy(() -> link.disturb("s", new Status(new Requests("", "/", 1), 500)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a->b");
            assertThat(link.disturbances()).isEmpty();
        }
    }

    @Test
    void wayIntoAnArmGoesToTheInstancesItIsLedToFromTheNextRequestOn() throws Exception {
        try (Target old = Target.http("old");
                Target fresh = Target.http("fresh")) {
            LinkProxy link = bench.ingress(Protocol.HTTP, old);
            try (Socket caller = Bench.connect(link)) {
                assertThat(Bench.get(caller)).endsWith("old 0");
                link.lead(List.of(fresh.address()));
                assertThat(Bench.get(caller)).endsWith("fresh 0");
                assertThat(link.targets()).containsExactly(fresh.address());
                link.lead(List.of());
                assertThat(Bench.get(caller)).contains("Understudy-Link: refused");
            }
        }
    }

    @Test
    void whatIsUnderWayAtAnInstanceIsKnownAndNotCutWhenOthersTakeOver() throws Exception {
        try (Target old = Target.http("old");
                Target fresh = Target.http("fresh")) {
            LinkProxy link = bench.link(Protocol.HTTP, old);
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na");
                Bench.until(() -> link.isUnderWayAt(List.of(old.address())));
                link.lead(List.of(fresh.address()));
                assertThat(link.isUnderWayAt(List.of(old.address()))).isTrue();
                assertThat(link.isUnderWayAt(List.of(fresh.address()))).isFalse();
                Bench.send(caller, "bc");
                assertThat(Bench.answer(caller)).endsWith("old 3");
                Bench.until(() -> !link.isUnderWayAt(List.of(old.address())));
            }
            assertThat(status(link, "GET /")).isEqualTo(200);
            assertThat(fresh.accepted()).isEqualTo(1);
        }
    }

    private static int status(LinkProxy link, String line) throws IOException {
        try (Socket caller = Bench.connect(link)) {
            Bench.send(caller, line + " HTTP/1.1\r\nHost: b\r\n\r\n");
            return Integer.parseInt(Bench.answer(caller).substring(9, 12));
        }
    }
}
