package dev.understudy.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which process listens on which port, as `/proc/net/tcp` and the open descriptors of all processes tell
/// (proc(5)).
/// A snapshot; immutable.
final class Sockets {
    private static final String LISTEN = "0A";

    private final Map<Integer, Set<Long>> pids;

    private Sockets(Map<Integer, Set<Long>> pids) {
        this.pids = pids;
    }

    /// Looks now.
    static Sockets listening(Sight sight) {
        Map<String, Integer> portOfInode = new HashMap<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            lines(Path.of(table)).stream().skip(1).forEach(line -> {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[3].equals(LISTEN)) {
                    int port = Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16);
                    portOfInode.put("socket:[" + fields[9] + "]", port);
                }
            });
        }
        Map<Integer, Set<Long>> pids = new HashMap<>();
        sight.sockets().forEach((pid, sockets) -> {
            for (String socket : sockets) {
                Integer port = portOfInode.get(socket);
                if (port != null) {
                    pids.computeIfAbsent(port, _ -> new HashSet<>()).add(pid);
                }
            }
        });
        return new Sockets(pids);
    }

    /// The process that listens on `port`; of several that share the socket the one that is the others'
    /// ancestor.
    Optional<ProcessHandle> owner(int port) {
        Set<Long> candidates = pids.getOrDefault(port, Set.of());
        return candidates.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.parent()
                        .map(parent -> !candidates.contains(parent.pid()))
                        .orElse(true))
                .min(java.util.Comparator.comparingLong(ProcessHandle::pid));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            return List.of();
        }
    }
}
