package dev.understudy.runtime.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Who listens on the ports of this machine and what they use, as far as this user may see. A snapshot;
/// immutable. Reads `/proc` (proc(5)) only; where there is none, nobody is seen.
public final class Listeners {
    private final Sockets sockets;

    private Listeners(Sockets sockets) {
        this.sockets = sockets;
    }

    /// Looks now.
    public static Listeners now() {
        return new Listeners(Sockets.listening(Sight.given()));
    }

    /// The process that listens on a port.
    public Optional<ProcessHandle> on(int port) {
        return sockets.owner(port);
    }

    /// Whether nobody listens there: tried by listening for a moment, which nobody notices.
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// Bytes of memory of a process and all that it started, without what they share with others; empty if
    /// unknown.
    public static OptionalLong memory(ProcessHandle process) {
        long[] each = Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one -> anonymous(one.pid()))
                .filter(bytes -> bytes > 0)
                .toArray();
        return each.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(java.util.Arrays.stream(each).sum());
    }

    /// The directory a process works in, which for PostgreSQL is its data; empty if this user may not see it.
    public static Optional<Path> workingDirectory(ProcessHandle process) {
        try {
            return Optional.of(
                    Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath());
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    private static long anonymous(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }
}
