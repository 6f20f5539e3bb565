package dev.understudy.runtime.process;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow.Probe;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Service;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Tries to get out of an arm in every way that could harm live, from inside and before any service starts:
/// live's ports on
/// every address of the host, a route to anywhere, live's files, live's data, live's processes.
final class Probes {
    private static final int CONNECT_MILLIS = 150;

    /// An address of TEST-NET-1 (RFC 5737); a datagram socket is only connected to it, which asks for a
    /// route and sends nothing.
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

    private final ArmName arm;
    private final Enclosure walls;
    private final ProcessLive live;
    private final List<Path> writable;

    /// @param writable directories of live's that must not be writable from inside
    Probes(ArmName arm, Enclosure walls, ProcessLive live, List<Path> writable) {
        this.arm = arm;
        this.walls = walls;
        this.live = live;
        this.writable = writable;
    }

    /// What is open in an arm that is only watched. Nothing is tried: it would succeed, and live would feel it.
    static List<Probe> notTried(ArmName arm) {
        return Stream.of("connect to live's services", "write to live's files", "signal live's processes")
                .map(attempt -> new Probe(arm, attempt, false, "not tried: the arm is only watched"))
                .toList();
    }

    /// All attempts, each with its evidence.
    List<Probe> run(Path directory) {
        List<Probe> probes = new ArrayList<>(walls.inside(this::network));
        probes.addAll(files(directory));
        return List.copyOf(probes);
    }

    private List<Probe> network() {
        List<Probe> probes = new ArrayList<>();
        for (Service service : live.topology().services().values()) {
            for (Endpoint endpoint : service.at()) {
                probes.add(connect("live " + service.name(), new InetSocketAddress(endpoint.host(), endpoint.port())));
            }
        }
        live.topology().mirror().ifPresent(mirror -> {
            probes.add(connect(
                    "live's mirror",
                    new InetSocketAddress(mirror.at().host(), mirror.at().port())));
            probes.add(connect(
                    "live's mirror feed",
                    new InetSocketAddress(mirror.feed().host(), mirror.feed().port())));
        });
        probes.add(route());
        return probes;
    }

    private Probe connect(String what, InetSocketAddress address) {
        String attempt = "connect to " + what + " at " + address.getHostString() + ":" + address.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return new Probe(arm, attempt, false, "connected");
        } catch (IOException held) {
            return new Probe(arm, attempt, true, String.valueOf(held.getMessage()));
        }
    }

    private Probe route() {
        String attempt = "find a route to the outside";
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ANYWHERE);
            return new Probe(
                    arm, attempt, false, "from " + socket.getLocalAddress().getHostAddress());
        } catch (IOException | java.io.UncheckedIOException held) {
            return new Probe(arm, attempt, true, String.valueOf(held.getMessage()));
        }
    }

    /// The addresses of the host that are not loopback: none may exist inside.
    static List<InetAddress> hostAddresses() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private List<Probe> files(Path directory) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "probe"));
        for (Path path : writable) {
            command.addAll(List.of("write", path.toString()));
        }
        for (Service service : live.topology().services().values()) {
            for (ProcessId process : live.processes(service.name())) {
                command.addAll(List.of("signal", Long.toString(process.pid())));
            }
        }
        Stream.of("/run/docker.sock", "/var/run/docker.sock").forEach(socket -> command.addAll(List.of("see", socket)));
        try {
            Process process = new ProcessBuilder(walls.enter(directory, command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new EnvironmentException("the probes of the " + arm + " arm could not be run: " + said);
            }
            return said.lines().map(this::parse).toList();
        } catch (IOException e) {
            throw new EnvironmentException("the probes of the " + arm + " arm could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while probing the " + arm + " arm", e);
        }
    }

    private Probe parse(String line) {
        boolean held = line.startsWith("held ");
        return new Probe(arm, line.substring(5), held, held ? "refused" : "succeeded");
    }

    /// Prints `held …` or `leak …` for each attempt; undoes what succeeds. The signal is number 0: it
    /// reaches nobody.
    private static final String SCRIPT = """
            while [ $# -gt 0 ]; do
              case $1 in
                write) what="write to $2"; f="$2/.understudy-probe-$$"
                  if (: > "$f") 2>/dev/null; then rm -f "$f"; leak=1; else leak=0; fi ;;
                signal) what="signal live's process $2"
                  if kill -0 "$2" 2>/dev/null && [ "$2" != "$$" ]; then leak=1; else leak=0; fi ;;
                see) what="see $2"
                  if [ -S "$2" ]; then leak=1; else leak=0; fi ;;
              esac
              if [ $leak = 1 ]; then echo "leak $what"; else echo "held $what"; fi
              shift 2
            done
            """;
}
