package dev.understudy.runtime.docker.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeMainTest {
    @TempDir
    private Path directory = Path.of("");

    private static List<Probe> probed(List<Attempt> attempts, boolean asArguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeMain.class.getName()));
        command.addAll(asArguments ? Probing.arguments(attempts) : List.of());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.getOutputStream()) {
            in.write((asArguments ? "" : Probing.input(attempts)).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Probing.probes(ArmName.CONTROL, attempts, said);
    }

    @Test
    void everyAttemptIsAnsweredInItsOrder() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetSocketAddress listening = (InetSocketAddress) open.getLocalSocketAddress();
            InetSocketAddress silent = new InetSocketAddress("127.0.0.1", 1);
            Path there = Files.createFile(directory.resolve("docker.sock"));
            List<Attempt> attempts = List.of(
                    Attempt.connect("live orders", listening),
                    Attempt.connect("live orders", silent),
                    Attempt.reach("the host", silent),
                    Attempt.see(there.toString()),
                    Attempt.see(directory.resolve("none").toString()),
                    Attempt.write(directory.toString()),
                    Attempt.write("/proc"),
                    Attempt.route("127.0.0.2"),
                    Attempt.resolve("localhost", List.of()),
                    Attempt.resolve("name.invalid", List.of()));
            List<Probe> probes = probed(attempts, false);
            assertThat(probes)
                    .extracting(Probe::held)
                    .as("%s", probes)
                    .startsWith(false, true, false, false, true, false, true, false, false);
            assertThat(probes.get(2).evidence()).isEqualTo("the host answers: Connection refused");
            assertThat(probes.get(0).attempt()).isEqualTo("connect to live orders at 127.0.0.1:" + listening.getPort());
            assertThat(directory).isDirectoryContaining(path -> path.equals(there));
            try (var left = Files.list(directory)) {
                assertThat(left).as("what was written is gone").hasSize(1);
            }
        }
    }

    @Test
    void whatCanBeTriedEverywhereIs() throws Exception {
        List<Attempt> attempts = Attempt.everywhere();
        assertThat(probed(attempts, true))
                .hasSameSizeAs(attempts)
                .noneMatch(probe -> probe.evidence().contains("could not be tried"));
    }

    @Test
    void tablesOfTheKernelAreRead() throws IOException {
        Path net = Files.createDirectories(directory.resolve("proc/net"));
        Files.createDirectories(directory.resolve("dev"));
        Tries tries = new Tries(directory, Duration.ofSeconds(1));
        Files.writeString(net.resolve("route"), """
                Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
                eth0 0000820A 00000000 0001 0 0 0 0000FFFF 0 0 0
                """);
        Files.writeString(net.resolve("ipv6_route"), """
                fe800000000000000000000000000000 40 0 00 0 100 1 0 1 eth0
                00000000000000000000000000000001 80 0 00 0 0 2 0 80200001 lo
                """);
        Files.writeString(net.resolve("unix"), """
                Num RefCount Protocol Flags Type St Inode Path
                0: 2 0 10000 1 1 77 /run/some.sock
                """);
        Files.writeString(net.resolve("arp"), "10.130.0.1 0x1 0x0 00:00:00:00:00:00 * eth0\n");
        List<Attempt> tables = new ArrayList<>(Attempt.everywhere().stream()
                .filter(attempt -> switch (attempt.kind()) {
                    case IPV6_ROUTE, DEVICES, ABSTRACT_SOCKETS -> true;
                    default -> false;
                })
                .toList());
        tables.add(new Attempt(Attempt.Kind.GATEWAY, List.of("127.0.0.3"), "get past the gateway"));
        for (Attempt attempt : tables) {
            assertThat(tries.make(attempt).held()).as(attempt.words()).isTrue();
        }
        Files.writeString(net.resolve("route"), "eth0 00000000 0100820A 0003 0 0 0 00000000 0 0 0\n");
        assertThat(tries.make(tables.getLast())).isEqualTo(Finding.held("nobody is at the gateway 10.130.0.1"));
        Files.writeString(net.resolve("arp"), "10.130.0.1 0x1 0x2 02:42:0a:82:00:01 * eth0\n");
        Files.writeString(net.resolve("ipv6_route"), "20010db8000000000000000000000000 40 0 00 0 1 1 0 1 eth0\n");
        Files.writeString(net.resolve("unix"), "0: 2 0 10000 1 1 77 @/containerd-shim/x.sock\n");
        Files.createFile(directory.resolve("dev/kmsg"));
        assertThat(tables).hasSize(4);
        for (Attempt attempt : tables) {
            assertThat(tries.make(attempt).held()).as(attempt.words()).isFalse();
        }
    }

    @Test
    void aProbeThatSaysNothingIsNoProof() {
        List<Attempt> attempts = List.of(Attempt.see("/a"), Attempt.see("/b"));
        assertThatThrownBy(() -> Probing.probes(ArmName.CONTROL, attempts, "held\tsee /a\tnot there\n"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("the probes of the control arm were not all made");
        assertThatThrownBy(() -> Attempt.see("a\tb")).isInstanceOf(IllegalArgumentException.class);
    }
}
