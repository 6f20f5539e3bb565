package dev.understudy.runtime.docker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.links.LinkProxy;
import dev.understudy.runtime.LinkHandle.Disturbance.Refuse;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ways into an arm, on real sockets.
class LocalWayTest {
    private static final Link ENTERING = Link.entering("b");

    private final AgentBench bench = new AgentBench();

    @AfterEach
    void endAgent() {
        bench.close();
    }

    private LocalWay way(Protocol protocol, Callee callee) {
        return bench.agent.way(WayOrder.measured(ENTERING, protocol, List.of(callee.address())));
    }

    @Test
    void requestsFromOutsideAreMeasured() throws Exception {
        try (Callee callee = Callee.http("b")) {
            LocalWay way = way(Protocol.HTTP, callee);
            try (Socket caller = AgentBench.connect(way)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(AgentBench.get(caller)).endsWith("b");
                    assertThat(bench.sample().link()).isEqualTo(ENTERING);
                }
            }
            assertThat(way.targets()).containsExactly(callee.address());
        }
    }

    @Test
    void aWayThatRefusesStillListensAndAnswersItself() throws Exception {
        try (Callee callee = Callee.http("b")) {
            LocalWay way = way(Protocol.HTTP, callee);
            way.link().disturb("off", new Refuse(false));
            try (Socket caller = AgentBench.connect(way)) {
                assertThat(AgentBench.get(caller)).startsWith("HTTP/1.1 502 ").contains(LinkProxy.REFUSED_HEADER);
            }
            way.link().calm("off");
            way.lead(List.of(callee.address()));
            try (Socket caller = AgentBench.connect(way)) {
                assertThat(AgentBench.get(caller)).endsWith("b");
            }
        }
    }

    @Test
    void aDirectWayIsNotMeasured() throws Exception {
        try (Callee callee = Callee.http("b")) {
            LocalWay way = bench.agent.way(WayOrder.direct(ENTERING, Protocol.HTTP, callee.address()));
            try (Socket caller = AgentBench.connect(way)) {
                assertThat(AgentBench.get(caller)).endsWith("b");
            }
            bench.agent.settle();
            assertThat(bench.samples).isEmpty();
        }
    }

    @Test
    void anEndOfTheStreamLeavesTheWayBackOpen() throws Exception {
        try (Callee callee = Callee.echo()) {
            LocalWay way = way(Protocol.TCP, callee);
            try (Socket caller = AgentBench.connect(way)) {
                String text = "0123456789".repeat(100_000);
                Thread.startVirtualThread(() -> {
                    try {
                        AgentBench.send(caller, text);
                        caller.shutdownOutput();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                byte[] back = caller.getInputStream().readAllBytes();
                assertThat(new String(back, StandardCharsets.ISO_8859_1)).isEqualTo(text);
            }
        }
    }

    @Test
    void aResetIsAResetToTheCaller() throws Exception {
        try (Callee callee = Callee.resetting()) {
            LocalWay way = way(Protocol.TCP, callee);
            try (Socket caller = AgentBench.connect(way)) {
                AgentBench.send(caller, "x");
                assertThatThrownBy(() -> caller.getInputStream().read()).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void twoHundredCallersAreServedSideBySide() throws Exception {
        try (Callee callee = Callee.http("b");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            LocalWay way = way(Protocol.HTTP, callee);
            List<Socket> sockets = new ArrayList<>();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Socket socket = AgentBench.connect(way);
                sockets.add(socket);
                answers.add(callers.submit(() -> AgentBench.get(socket) + AgentBench.get(socket)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).endsWith("b");
            }
            assertThat(way.link().counts().open()).isEqualTo(200);
            assertThat(bench.samples).hasSize(400);
            for (Socket socket : sockets) {
                socket.close();
            }
            bench.agent.requireSound();
        }
    }

    @Test
    void nothingListensAtAWayThatWasClosed() throws Exception {
        try (Callee callee = Callee.http("b")) {
            LocalWay way = way(Protocol.HTTP, callee);
            Socket caller = AgentBench.connect(way);
            way.close();
            assertThatThrownBy(() -> AgentBench.get(caller)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> AgentBench.connect(new InetSocketAddress("127.0.0.1", way.port())))
                    .isInstanceOf(IOException.class);
        }
    }
}
