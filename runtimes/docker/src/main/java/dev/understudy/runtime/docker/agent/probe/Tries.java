package dev.understudy.runtime.docker.agent.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes attempts. Thread-safe. Nothing that succeeds does any harm: connections are ended at once, what was
/// written is removed, and no datagram is sent.
///
/// @param root where `/proc` and `/dev` are
/// @param within how long one may take
record Tries(Path root, Duration within) {
    private static final int ANY_PORT = 9;
    private static final int FILE_TYPE = 0xf000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final List<String> DEVICES = List.of("mem", "kmem", "port", "kmsg", "kvm", "fuse", "mapper/control");

    /// The first process namespace of a kernel (`PROC_PID_INIT_INO` in `include/uapi/linux/nsfs.h`).
    private static final String FIRST_PROCESSES = "pid:[4026531836]";

    Finding make(Attempt attempt) throws IOException {
        List<String> on = attempt.on();
        return switch (attempt.kind()) {
            case CONNECT -> connect(on, false);
            case REACH -> connect(on, true);
            case ROUTE -> route(on.getFirst());
            case RESOLVE -> resolve(on.getFirst(), on.subList(1, on.size()));
            case GATEWAY -> gateway(on.getFirst());
            case IPV6_ROUTE -> none("route of IPv6", ipv6Routes());
            case SEE -> see(Path.of(on.getFirst()));
            case WRITE -> write(Path.of(on.getFirst()));
            case PROCESSES -> processes();
            case DEVICES -> none("device of the host", devices());
            case ABSTRACT_SOCKETS -> none("abstract socket", abstractSockets());
        };
    }

    private Finding connect(List<String> on, boolean answerLeaks) {
        InetSocketAddress at = new InetSocketAddress(on.get(0), Integer.parseInt(on.get(1)));
        if (at.isUnresolved()) {
            return Finding.held("no such host");
        }
        try (Socket socket = new Socket()) {
            socket.connect(at, Math.toIntExact(within.toMillis()));
            return Finding.leak("connected");
        } catch (ConnectException e) {
            // Only the host itself says "refused"; "no route" and "timed out" are said by those before it.
            String message = String.valueOf(e.getMessage());
            boolean answered = message.contains("refused");
            return answered && answerLeaks ? Finding.leak("the host answers: " + message) : Finding.held(message);
        } catch (IOException e) {
            return Finding.held(String.valueOf(e.getMessage()));
        }
    }

    private static Finding route(String to) throws IOException {
        InetAddress address = InetAddress.getByName(to);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, ANY_PORT));
            return Finding.leak("from " + socket.getLocalAddress().getHostAddress());
        } catch (PortUnreachableException e) {
            return Finding.leak("somebody answered: " + e.getMessage());
        } catch (IOException | UncheckedIOException held) {
            return Finding.held(String.valueOf(held.getMessage()));
        }
    }

    private static Finding resolve(String name, List<String> ours) {
        try {
            List<String> addresses = Stream.of(InetAddress.getAllByName(name))
                    .map(InetAddress::getHostAddress)
                    .toList();
            return ours.containsAll(addresses)
                    ? Finding.held("our own " + addresses)
                    : Finding.leak("answered with " + addresses);
        } catch (UnknownHostException e) {
            return Finding.held("no such name");
        }
    }

    private static Finding see(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Finding.leak("it is there") : Finding.held("not there");
    }

    private static Finding write(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, ".understudy-probe", null));
            return Finding.leak("written");
        } catch (IOException e) {
            return Finding.held(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Finding processes() throws IOException {
        String namespace =
                Files.readSymbolicLink(root.resolve("proc/self/ns/pid")).toString();
        if (namespace.equals(FIRST_PROCESSES)) {
            return Finding.leak("all processes of the machine, " + namespace);
        }
        ProcessHandle self = ProcessHandle.current();
        Optional<ProcessHandle> eldest = Optional.of(self);
        while (eldest.flatMap(ProcessHandle::parent).isPresent()) {
            eldest = eldest.flatMap(ProcessHandle::parent);
        }
        long first = eldest.map(ProcessHandle::pid).orElse(0L);
        return first == 1 ? Finding.held("only its own, " + namespace) : Finding.leak("process 1 is no ancestor");
    }

    private List<String> devices() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(root.resolve("dev"))) {
            for (Path device : all.sorted().toList()) {
                Object mode = Files.getAttribute(device, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                if (mode instanceof Integer bits && (bits & FILE_TYPE) == BLOCK_DEVICE) {
                    found.add(device.getFileName().toString());
                }
            }
        }
        DEVICES.stream()
                .filter(name -> Files.exists(root.resolve("dev").resolve(name)))
                .forEach(found::add);
        return found;
    }

    /// A route alone leads nowhere: Docker gives an internal network one too. It leads out if somebody is at the
    /// gateway, which the kernel knows as soon as something was to be sent that way.
    private Finding gateway(String beyond) throws IOException {
        List<String> gateways = gateways();
        if (gateways.isEmpty()) {
            return Finding.held("no default route");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(beyond, ANY_PORT), Math.toIntExact(within.toMillis() / 4));
            return Finding.leak("connected to " + beyond);
        } catch (IOException expected) {
            // whoever is at the gateway is known now, whatever they did with it
        }
        List<String> present = neighbours().stream().filter(gateways::contains).toList();
        return present.isEmpty()
                ? Finding.held("nobody is at the gateway " + String.join(", ", gateways))
                : Finding.leak("somebody is at the gateway " + String.join(", ", present));
    }

    /// Columns as in `net/ipv4/fib_trie.c`: device, destination, gateway (its bytes the other way round), flags, …,
    /// mask.
    private List<String> gateways() throws IOException {
        return rows("proc/net/route").stream()
                .filter(row -> row.length > 7 && row[1].equals("00000000") && row[7].equals("00000000"))
                .map(row -> address(row[2]))
                .distinct()
                .toList();
    }

    private static String address(String hexadecimal) {
        int number = Integer.reverseBytes((int) Long.parseLong(hexadecimal, 16));
        return (number >>> 24) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
    }

    /// Those whose hardware address is known. Columns as in `net/ipv4/arp.c`: address, type, flags (2: complete), ….
    private List<String> neighbours() throws IOException {
        return rows("proc/net/arp").stream()
                .filter(row -> row.length > 3 && row[2].startsWith("0x"))
                .filter(row -> (Integer.decode(row[2]) & 2) != 0)
                .map(row -> row[0])
                .toList();
    }

    /// Columns as in `net/ipv6/route.c`: destination, its prefix, …, device. What every interface has by itself
    /// doesn't count: link-local and multicast addresses.
    private List<String> ipv6Routes() throws IOException {
        return rows("proc/net/ipv6_route").stream()
                .filter(row -> row.length > 9
                        && !row[9].equals("lo")
                        && !row[0].startsWith("fe80")
                        && !row[0].startsWith("ff"))
                .map(row -> row[0] + "/" + Integer.parseInt(row[1], 16) + " by " + row[9])
                .toList();
    }

    /// The last column is the name, after an `@` if it isn't one of a file.
    private List<String> abstractSockets() throws IOException {
        return rows("proc/net/unix").stream()
                .map(row -> row[row.length - 1])
                .filter(name -> name.startsWith("@"))
                .distinct()
                .toList();
    }

    private List<String[]> rows(String table) throws IOException {
        Path path = root.resolve(table);
        return Files.exists(path)
                ? Files.readAllLines(path).stream()
                        .map(line -> line.strip().split("\\s+"))
                        .toList()
                : List.of();
    }

    private static Finding none(String what, List<String> found) {
        return found.isEmpty()
                ? Finding.held("no " + what)
                : Finding.leak(found.size() + " found: "
                        + String.join(", ", found.subList(0, Math.min(5, found.size()))));
    }
}
