package dev.understudy.runtime.docker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.agent.names.NameBook;
import dev.understudy.runtime.docker.agent.names.Sighting;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who may control an agent, and for how long there is one.
class LinkAgentTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void anotherTokenIsTurnedAway() {
        try (AgentBench bench = new AgentBench()) {
            assertThatThrownBy(() -> bench.connect("another secret", SHORT))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("the link agent of the candidate arm at 127.0.0.1:")
                    .hasMessageContaining("takes another token");
            bench.agent.requireSound();
        }
    }

    @Test
    void anAgentThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> LinkAgent.connect(
                        new InetSocketAddress("127.0.0.1", 1),
                        "",
                        ArmName.CONTROL,
                        System::nanoTime,
                        _ -> {},
                        _ -> {},
                        SHORT))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("could not be reached within 200 ms: Connection refused");
    }

    @Test
    void garbageIsCutOffAndHarmsNobody() throws IOException {
        Random random = new Random(7);
        try (AgentBench bench = new AgentBench()) {
            for (int i = 0; i < 100; i++) {
                try (Socket stranger = AgentBench.connect(new InetSocketAddress("127.0.0.1", bench.server.port()))) {
                    byte[] garbage = new byte[1 + random.nextInt(3000)];
                    random.nextBytes(garbage);
                    stranger.getOutputStream().write(garbage);
                    stranger.shutdownOutput();
                    assertThat(ended(stranger)).isTrue();
                } catch (java.net.SocketException cutOff) {
                    // just as good
                }
            }
            bench.agent.requireSound();
        }
    }

    @Test
    void aWayThatDoesNotExistLeadsNowhere() throws IOException {
        try (AgentBench bench = new AgentBench();
                Socket stranger = AgentBench.connect(new InetSocketAddress("127.0.0.1", bench.server.port()))) {
            stranger.getOutputStream()
                    .write(Greeting.way(AgentBench.TOKEN, 4711).frame());
            assertThat(ended(stranger)).isTrue();
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whoeverIsHandedSamplesMayFailButIsSaidSo() throws Exception {
        try (AgentBench bench = new AgentBench();
                Callee callee = Callee.http("b");
                LinkAgent failing = LinkAgent.connect(
                        new InetSocketAddress("127.0.0.1", bench.server.port()),
                        AgentBench.TOKEN,
                        ArmName.CONTROL,
                        System::nanoTime,
                        _ -> {
                            throw new IllegalStateException("no room");
                        },
                        _ -> {},
                        Duration.ofSeconds(10));
                LocalWay way =
                        failing.way(WayOrder.measured(Link.entering("b"), Protocol.HTTP, List.of(callee.address())));
                Socket caller = AgentBench.connect(way)) {
            assertThat(AgentBench.get(caller)).endsWith("b");
            failing.settle();
            assertThatThrownBy(failing::requireSound)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the links of the control arm failed")
                    .hasMessageContaining("no room");
        }
    }

    @Test
    void namesAreServedAndSightingsAreToldOnTheToolsClock() throws Exception {
        try (AgentBench bench = new AgentBench()) {
            InetSocketAddress at = AgentBench.free();
            bench.agent.serveNames(List.of(at));
            InetAddress address = InetAddress.getByName("10.1.0.1");
            bench.agent.use(new NameBook(Map.of(NameBook.ANYBODY, Map.of("b", (Inet4Address) address)), Map.of()));
            byte[] question = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'b', 0, 0, 1, 0, 1};
            long before = AgentBench.now();
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(10_000);
                socket.send(new DatagramPacket(question, question.length, at));
                DatagramPacket answer = new DatagramPacket(new byte[512], 512);
                socket.receive(answer);
                assertThat(Arrays.copyOfRange(answer.getData(), answer.getLength() - 4, answer.getLength()))
                        .containsExactly(address.getAddress());
            }
            bench.agent.settle();
            Sighting seen = bench.sightings.remove();
            assertThat(seen.outcome()).isEqualTo(Sighting.Outcome.UNDECLARED);
            long bound = bench.agent.clockBoundNanos();
            assertThat(seen.atNanos()).isBetween(before - bound, AgentBench.now() + bound);
        }
    }

    @Test
    void theAgentSeesWhetherAPortTakesConnections() throws Exception {
        try (AgentBench bench = new AgentBench();
                Callee callee = Callee.echo()) {
            assertThat(bench.agent.accepts(callee.address(), SHORT)).isTrue();
            callee.stop();
            assertThat(bench.agent.accepts(callee.address(), SHORT)).isFalse();
        }
    }

    @Test
    void whatWasOpenedEndsWithTheOneWhoControls() throws Exception {
        try (AgentBench bench = new AgentBench();
                Callee callee = Callee.http("b")) {
            InetSocketAddress at = AgentBench.free();
            AgentLink link = bench.agent.open(AgentBench.order(Protocol.HTTP, at, callee.address()));
            bench.agent.close();
            link.calm("nothing");
            assertThat(link.disturbances()).isEmpty();
            link.close();
            assertThatThrownBy(link::counts).isInstanceOf(IllegalStateException.class);
            try (LinkAgent next = bench.connect(AgentBench.TOKEN, Duration.ofSeconds(10))) {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (next.accepts(at, SHORT) && System.nanoTime() < deadline) {
                    Thread.sleep(5);
                }
                assertThat(next.accepts(at, SHORT)).isFalse();
            }
        }
    }

    @Test
    void theProgramEndsWhenNobodyControlsItAnyMore() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LinkAgentMain.class.getName(),
                "0");
        command.environment().put(LinkAgentMain.TOKEN, AgentBench.TOKEN);
        command.environment().put(LinkAgentMain.LINGER_SECONDS, "1");
        Process process = command.redirectErrorStream(true).start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(said.readLine());
            assertThat(line).startsWith("link agent listens on port ");
            int port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            try (Callee callee = Callee.http("b");
                    LinkAgent agent = LinkAgent.connect(
                            new InetSocketAddress("127.0.0.1", port),
                            AgentBench.TOKEN,
                            ArmName.CONTROL,
                            System::nanoTime,
                            _ -> {},
                            _ -> {},
                            Duration.ofSeconds(10));
                    LocalWay way =
                            agent.way(WayOrder.measured(Link.entering("b"), Protocol.HTTP, List.of(callee.address())));
                    Socket caller = AgentBench.connect(way)) {
                assertThat(AgentBench.get(caller)).endsWith("b");
                assertThat(process.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aLostAgentIsSaidSo() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LinkAgentMain.class.getName(),
                "0");
        command.environment().put(LinkAgentMain.TOKEN, AgentBench.TOKEN);
        Process process = command.redirectErrorStream(true).start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(said.readLine());
            int port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            try (LinkAgent agent = LinkAgent.connect(
                    new InetSocketAddress("127.0.0.1", port),
                    AgentBench.TOKEN,
                    ArmName.CONTROL,
                    System::nanoTime,
                    _ -> {},
                    _ -> {},
                    Duration.ofSeconds(10))) {
                process.destroyForcibly().waitFor();
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(agent::requireSound)
                            .isInstanceOf(EnvironmentException.class)
                            .hasMessageContaining("the connection to the link agent of the control arm")
                            .hasMessageContaining("was lost");
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
