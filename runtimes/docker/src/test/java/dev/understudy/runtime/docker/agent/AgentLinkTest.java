package dev.understudy.runtime.docker.agent;

import static dev.understudy.runtime.docker.agent.AgentBench.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkHandle.Disturbance.Delay;
import dev.understudy.runtime.LinkHandle.Disturbance.Hold;
import dev.understudy.runtime.LinkHandle.Disturbance.Refuse;
import dev.understudy.runtime.LinkHandle.Disturbance.Status;
import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Links that an agent holds, on real sockets.
class AgentLinkTest {
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Requests ALL = new Requests("", "/", 1);

    private final AgentBench bench = new AgentBench();

    @AfterEach
    void endAgent() {
        bench.close();
    }

    @Test
    void anExchangeIsMeasuredOnTheToolsClock() throws Exception {
        try (Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.HTTP, at, callee.address()));
            try (Socket caller = AgentBench.connect(at)) {
                long before = AgentBench.now();
                assertThat(AgentBench.get(caller)).endsWith("\r\n\r\nb");
                long after = AgentBench.now();
                LinkSample sample = bench.sample();
                long bound = bench.agent.clockBoundNanos();
                assertThat(bound).isLessThan(TimeUnit.MILLISECONDS.toNanos(50));
                assertThat(sample.startNanos()).isBetween(before - bound, after + bound);
                assertThat(sample.endNanos()).isBetween(sample.startNanos(), after + bound);
                assertThat(sample)
                        .returns(200, LinkSample::status)
                        .returns(AgentBench.LINK, LinkSample::link)
                        .returns(ArmName.CANDIDATE, LinkSample::arm)
                        .returns(0L, LinkSample::addedNanos);
            }
            assertThat(link.counts().connections()).isOne();
            bench.agent.requireSound();
        }
    }

    @Test
    void whoeverHasAnAnswerHasWhatWasMeasuredBefore() throws Exception {
        try (Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.HTTP, at, callee.address()));
            try (Socket caller = AgentBench.connect(at)) {
                for (int i = 1; i <= 20; i++) {
                    AgentBench.get(caller);
                    link.counts();
                    assertThat(bench.samples).hasSize(i);
                }
            }
        }
    }

    @Test
    void disturbancesActAndAreTakenOff() throws Exception {
        try (Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.HTTP, at, callee.address()));
            Map<String, dev.understudy.runtime.LinkHandle.Disturbance> all =
                    Map.of("delay", new Delay(SHORT), "hold", new Hold(ALL, SHORT), "status", new Status(ALL, 503));
            try (Socket caller = AgentBench.connect(at)) {
                link.disturb("delay", all.get("delay"));
                link.disturb("hold", all.get("hold"));
                AgentBench.get(caller);
                assertThat(bench.sample().addedNanos()).isGreaterThanOrEqualTo(2 * SHORT.toNanos());
                link.disturb("status", all.get("status"));
                assertThat(link.disturbances()).isEqualTo(all);
                assertThat(AgentBench.get(caller)).startsWith("HTTP/1.1 503 ");
                assertThat(bench.sample().status()).isEqualTo(503);
            }
            all.keySet().forEach(link::calm);
            try (Socket caller = AgentBench.connect(at)) {
                AgentBench.get(caller);
                assertThat(bench.sample()).returns(200, LinkSample::status).returns(0L, LinkSample::addedNanos);
            }
            assertThat(link.disturbances()).isEmpty();
        }
    }

    @Test
    void aLinkThatRefusesHasNoListenerOnAnyPort() throws Exception {
        try (Callee callee = Callee.http("b");
                Callee other = Callee.echo()) {
            InetSocketAddress at = AgentBench.free();
            InetSocketAddress beside = AgentBench.free();
            AgentLink link = bench.agent.open(new LinkOrder(
                    AgentBench.LINK,
                    Protocol.HTTP,
                    at.getAddress(),
                    at.getPort(),
                    Map.of(at.getPort(), List.of(callee.address()), beside.getPort(), List.of(other.address())),
                    false));
            link.disturb("off", new Refuse(false));
            assertThatThrownBy(() -> AgentBench.connect(at)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> AgentBench.connect(beside)).isInstanceOf(ConnectException.class);
            link.calm("off");
            try (Socket caller = AgentBench.connect(at);
                    Socket aside = AgentBench.connect(beside)) {
                assertThat(AgentBench.get(caller)).endsWith("b");
                AgentBench.send(aside, "hello");
                aside.shutdownOutput();
                assertThat(aside.getInputStream().readAllBytes()).hasSize(5);
            }
            bench.agent.settle();
            assertThat(bench.samples).as("only the first port is measured").hasSize(1);
            assertThat(link.counts().connections()).as("both are counted").isEqualTo(2);
            link.disturb("status", new Status(ALL, 500));
            assertThat(link.disturbances()).containsOnlyKeys("status");
        }
    }

    @Test
    void aCalleeThatRestartsIsFoundAgain() throws Exception {
        try (Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            bench.agent.open(order(Protocol.HTTP, at, callee.address()));
            callee.stop();
            assertThatThrownBy(() -> callOnce(at)).isInstanceOf(IOException.class);
            assertThat(bench.sample().status()).isZero();
            callee.startAgain();
            try (Socket caller = AgentBench.connect(at)) {
                assertThat(AgentBench.get(caller)).endsWith("b");
            }
            assertThat(bench.sample().status()).isEqualTo(200);
        }
    }

    /// A link that turns callers away may do so before they have said a word.
    private static String callOnce(InetSocketAddress at) throws IOException {
        try (Socket caller = AgentBench.connect(at)) {
            return AgentBench.get(caller);
        }
    }

    @Test
    void aPatientLinkWaitsForItsCallee() throws Exception {
        try (Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.HTTP, at, callee.address()));
            callee.stop();
            link.setPatient(true);
            try (Socket caller = AgentBench.connect(at)) {
                CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                    try {
                        return AgentBench.get(caller);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                Thread.sleep(SHORT);
                assertThat(answer).isNotDone();
                callee.startAgain();
                assertThat(answer.get(10, TimeUnit.SECONDS)).endsWith("b");
            }
        }
    }

    @Test
    void aLinkIsLedElsewhere() throws Exception {
        try (Callee before = Callee.http("before");
                Callee after = Callee.http("after")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.HTTP, at, before.address()));
            link.lead(at.getPort(), List.of(after.address()));
            assertThat(link.targets(at.getPort())).containsExactly(after.address());
            try (Socket caller = AgentBench.connect(at)) {
                assertThat(AgentBench.get(caller)).endsWith("after");
                assertThat(link.isUnderWayAt(List.of(after.address()))).isFalse();
            }
            link.close();
            assertThatThrownBy(() -> AgentBench.connect(at)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void whatTheAgentRefusesIsRefusedHere() throws Exception {
        try (Callee callee = Callee.echo()) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(order(Protocol.TCP, at, callee.address()));
            assertThatThrownBy(() -> link.disturb("x", new Status(ALL, 500)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no HTTP is spoken on link a->b");
            assertThatThrownBy(() -> link.targets(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no port 1");
            assertThatThrownBy(() -> bench.agent.open(order(Protocol.TCP, at, callee.address())))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("can't listen at");
        }
    }

    @Test
    void aLinkToAServiceThatIsOffTurnsEverybodyAway() throws Exception {
        InetSocketAddress at = AgentBench.free();
        bench.agent.open(new LinkOrder(
                AgentBench.LINK, Protocol.HTTP, at.getAddress(), at.getPort(), Map.of(at.getPort(), List.of()), true));
        assertThatThrownBy(() -> callOnce(at)).isInstanceOf(IOException.class);
        assertThat(bench.sample().status()).isZero();
    }
}
