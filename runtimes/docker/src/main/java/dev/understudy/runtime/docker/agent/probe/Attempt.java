package dev.understudy.runtime.docker.agent.probe;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One attempt to get out of an arm, as the tool orders it from a container inside: what is tried, on what, and
/// in which words it is told. Written as one line, its fields apart by tabs.
///
/// @param words what is tried, for people
public record Attempt(Kind kind, List<String> on, String words) {
    /// An address of TEST-NET-1 (RFC 5737).
    private static final String NOBODY = "192.0.2.1";

    /// What can be tried.
    public enum Kind {
        /// A TCP connection to a host and port; only if it is made it leads out.
        CONNECT,
        /// The same to a host that must not even be reached: one that refuses was.
        REACH,
        /// A route for a datagram to an address; nothing is sent.
        ROUTE,
        /// A name of the outside world, to be told at once that there is none; or one of the addresses after
        /// it.
        RESOLVE,
        /// A way past the gateway to an address that nobody has.
        GATEWAY,
        /// A route of IPv6 that leaves the machine's own links.
        IPV6_ROUTE,
        /// A file that must not be there.
        SEE,
        /// A directory that must not be writable.
        WRITE,
        /// Processes of anybody else.
        PROCESSES,
        /// Disks, memory and other devices of the host.
        DEVICES,
        /// Abstract unix sockets, which every program in the same network namespace can connect to.
        ABSTRACT_SOCKETS
    }

    public Attempt {
        on = List.copyOf(on);
        List<String> fields = new ArrayList<>(on);
        fields.add(words);
        for (String field : fields) {
            if (field.isEmpty() || field.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("can't be probed: '" + field + "'");
            }
        }
    }

    /// Connecting to `what`, at an address where refusal is as good as silence.
    public static Attempt connect(String what, InetSocketAddress at) {
        return network(Kind.CONNECT, "connect to ", what, at);
    }

    /// Reaching `what`, at an address of a host that must not answer at all.
    public static Attempt reach(String what, InetSocketAddress at) {
        return network(Kind.REACH, "reach ", what, at);
    }

    private static Attempt network(Kind kind, String verb, String what, InetSocketAddress at) {
        String host = at.isUnresolved() ? at.getHostString() : at.getAddress().getHostAddress();
        return new Attempt(
                kind, List.of(host, Integer.toString(at.getPort())), verb + what + " at " + host + ":" + at.getPort());
    }

    /// Finding a route to an address.
    public static Attempt route(String address) {
        return new Attempt(Kind.ROUTE, List.of(address), "find a route to " + address);
    }

    /// Resolving a name of the outside world.
    ///
    /// @param ours addresses that we would answer with
    public static Attempt resolve(String name, List<String> ours) {
        List<String> on = new ArrayList<>(List.of(name));
        on.addAll(ours);
        return new Attempt(Kind.RESOLVE, on, "resolve " + name);
    }

    /// Seeing a file.
    public static Attempt see(String path) {
        return new Attempt(Kind.SEE, List.of(path), "see " + path);
    }

    /// Writing to a directory; what is written is removed at once.
    public static Attempt write(String directory) {
        return new Attempt(Kind.WRITE, List.of(directory), "write to " + directory);
    }

    /// What can be tried in every container, whatever live is like.
    public static List<Attempt> everywhere() {
        return List.of(
                new Attempt(Kind.GATEWAY, List.of(NOBODY), "get past the gateway"),
                new Attempt(Kind.IPV6_ROUTE, List.of(), "find a route of IPv6"),
                see("/run/docker.sock"),
                see("/var/run/docker.sock"),
                new Attempt(Kind.PROCESSES, List.of(), "see processes of others"),
                new Attempt(Kind.DEVICES, List.of(), "see devices of the host"),
                new Attempt(Kind.ABSTRACT_SOCKETS, List.of(), "find abstract sockets of others"));
    }

    /// The line that orders it.
    public String line() {
        return kind + "\t" + words + (on.isEmpty() ? "" : "\t" + String.join("\t", on));
    }

    /// @throws IllegalArgumentException if the line orders nothing
    static Attempt of(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2) {
            throw new IllegalArgumentException("no attempt: '" + line + "'");
        }
        return new Attempt(Kind.valueOf(fields[0]), Arrays.asList(fields).subList(2, fields.length), fields[1]);
    }
}
