package dev.understudy.runtime.docker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ranges of addresses in a network namespace of their own.
class LocalRangeIT {
    private record Said(int status, String text) {}

    private static Said said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static Said inside(String... arguments) throws IOException, InterruptedException {
        Said allowed = said("unshare", "-n", "true");
        assumeTrue(allowed.status() == 0, "no network namespace can be made here: " + allowed.text());
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-n",
                "sh",
                "-c",
                "ip link set lo up && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Inside.class.getName()));
        command.addAll(List.of(arguments));
        return said(command.toArray(new String[0]));
    }

    /// Adds ranges and listens at addresses of theirs.
    static final class Inside {
        private Inside() {}

        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < 2; i++) {
                for (String range : arguments) {
                    String[] parts = range.split("/");
                    LocalRange.add((Inet4Address) InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
                }
            }
            for (String at : List.of("10.130.3.77", "10.130.2.1", "172.30.0.9")) {
                try (ServerSocket socket = new ServerSocket(7, 1, InetAddress.getByName(at))) {
                    System.out.println("listens at " + socket.getInetAddress().getHostAddress());
                }
            }
            try (ServerSocket socket = new ServerSocket(7, 1, InetAddress.getByName("10.130.4.1"))) {
                System.out.println("listens outside the range: " + socket);
            } catch (IOException e) {
                System.out.println("nothing beside");
            }
        }
    }

    @Test
    void everyAddressOfARangeCanBeListenedAtAndNoneBeside() throws Exception {
        assertThat(inside("10.130.2.1/23", "172.30.0.1/24").text().lines())
                .containsExactly(
                        "listens at 10.130.3.77", "listens at 10.130.2.1", "listens at 172.30.0.9", "nothing beside");
    }

    @Test
    void aKernelThatRefusesIsQuoted() throws Exception {
        Said allowed = said("setpriv", "--bounding-set=-net_admin", "true");
        assumeTrue(allowed.status() == 0, "capabilities can't be given up here: " + allowed.text());
        Said refused = said(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Inside.class.getName(),
                "10.130.2.1/23");
        assumeTrue(!refused.text().contains("Could not find or load"), "nobody else can read the classes");
        assertThat(refused.text())
                .contains(EnvironmentException.class.getName())
                .contains("the kernel refuses to make 10.130.2.1/23 local: it takes CAP_NET_ADMIN");
    }
}
