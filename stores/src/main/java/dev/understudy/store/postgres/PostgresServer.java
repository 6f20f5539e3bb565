package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The command lines of a PostgreSQL server, always in the foreground: the process that is started
/// is the server, its pid is the server's, and it ends with it (SIGINT: fast shutdown; SIGKILL:
/// crash). Values only, nothing is started here. Immutable.
///
/// @param programs which version
/// @param asOther whether the program is run in a user namespace of its own, as uid 1 of that
///     namespace: the server refuses to run as uid 0. Outside the namespace its files belong to who
///     started it.
public record PostgresServer(PostgresPrograms programs, boolean asOther) {
    private static final List<String> AS_OTHER = List.of("unshare", "--user", "--map-user=1", "--map-group=1");
    private static final Duration PROBE = Duration.ofSeconds(10);

    /// A server as it has to be run by the user of this process.
    public static PostgresServer of(PostgresPrograms programs) {
        return new PostgresServer(programs, isRoot());
    }

    /// How a data directory is run.
    public enum Care {
        /// Live: every acknowledged commit is on the disk (`fsync` on).
        LIVE,
        /// A shadow: commits reach the operating system (they survive SIGKILL, not a power cut),
        /// little memory.
        SHADOW
    }

    /// Where the server can be reached.
    ///
    /// @param addresses as in `listen_addresses`; empty for no TCP at all
    /// @param port also part of the socket's name
    /// @param socketDirectory a private directory for the Unix socket (its path at most 90 bytes
    ///     long); empty for no socket
    public record Listening(Optional<String> addresses, int port, Optional<Path> socketDirectory) {
        /// TCP only.
        public static Listening on(String address, int port) {
            return new Listening(Optional.of(address), port, Optional.empty());
        }

        /// Only a socket in `directory`.
        public static Listening in(Path directory) {
            return new Listening(Optional.empty(), 5432, Optional.of(directory));
        }
    }

    /// The command that makes an empty data directory in `data` (which must be absent or empty),
    /// owned by the superuser `postgres`: UTF-8, locale C. With a password file everyone needs a
    /// password, else nobody from this machine.
    public List<String> initdb(Path data, Optional<Path> passwordFile, Care care) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(
                programs.initdb().toString(), "-D", data.toString(), "-U", "postgres", "-E", "UTF8", "--no-locale"));
        command.addAll(List.of("-A", passwordFile.isPresent() ? "scram-sha-256" : "trust"));
        passwordFile.ifPresent(file -> command.add("--pwfile=" + file));
        if (care == Care.SHADOW) {
            command.add("--no-sync");
        }
        return List.copyOf(command);
    }

    /// The command that runs the server on `data` in the foreground, logging to standard error.
    /// `settings` win over everything except what keeps acknowledged commits safe.
    /// @throws dev.understudy.runtime.EnvironmentException if `data` is of another major version
    /// @throws IllegalArgumentException if `settings` asks for `synchronous_commit` other than on,
    ///     or, for live, for `fsync` other than on
    public List<String> run(Path data, Listening listening, Care care, Map<String, String> settings) {
        programs.requireReads(data);
        Map<String, String> all = PostgresSettings.commandLine(listening, care, settings);
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(programs.postgres().toString(), "-D", data.toString()));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return List.copyOf(command);
    }

    /// Why nobody can work with the database now; empty if it answers `SELECT 1` within `limit`.
    /// For health checks.
    public static Optional<String> whyNotReady(Login login, Duration limit) {
        try (Connection connection = login.open(limit)) {
            connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, limit.toMillis()));
            try (Statement statement = connection.createStatement();
                    ResultSet one = statement.executeQuery("SELECT 1")) {
                return one.next() ? Optional.empty() : Optional.of(login + " answered SELECT 1 with nothing");
            }
        } catch (SQLException e) {
            return Optional.of(login + ": " + e.getMessage());
        }
    }

    /// Whether [#whyNotReady] finds nothing.
    public static boolean ready(Login login, Duration limit) {
        return whyNotReady(login, limit).isEmpty();
    }

    /// Why a server can't run as this user here; empty if it can. Root runs it as an ordinary user of a user
    /// namespace, which hardened kernels, plain chroots and some containers refuse.
    public static Optional<String> whyNotHere() {
        if (!isRoot()) {
            return Optional.empty();
        }
        List<String> probe = Stream.concat(AS_OTHER.stream(), Stream.of("true")).toList();
        try {
            Program.Ended ended = Program.run(probe, PROBE);
            return ended.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of("root may not make a user namespace here: "
                            + ended.output().strip());
        } catch (EnvironmentException absent) {
            return Optional.of(String.valueOf(absent.getMessage()));
        }
    }

    private List<String> prefix() {
        return asOther ? AS_OTHER : List.of();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
