package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server that runs for a while on a data directory for the tool's own work: no TCP port, only a
/// Unix socket in a private directory. `close` ends it by a fast shutdown. Not thread-safe;
/// connections to it may be used from anywhere.
///
/// If the tool is killed meanwhile, the server stays; it ends by itself within a minute after its
/// data directory is deleted, which is what cleaning up does.
public final class PostgresRun implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final Process process;
    private final Path privateDirectory;

    private PostgresRun(Process process, Path privateDirectory) {
        this.process = process;
        this.privateDirectory = privateDirectory;
    }

    /// Starts `server` on `data` and waits until `login` of it works.
    /// @throws EnvironmentException with the end of the server's log if it doesn't
    static PostgresRun start(
            PostgresServer server, Path data, PostgresServer.Care care, Timeline timeline, Optional<String> password) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("understudy-pg-");
            Path log = directory.resolve("log");
            List<String> command = server.run(data, PostgresServer.Listening.in(directory), care, Map.of());
            Process process = Program.cleaned(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
            PostgresRun run = new PostgresRun(process, directory);
            run.awaitReady(timeline, password, log, data);
            return run;
        } catch (IOException e) {
            FileTree.deleteQuietly(directory);
            throw new EnvironmentException("cannot start PostgreSQL on " + data + ": " + e, e);
        }
    }

    /// The way in, for `user` to `database`.
    public Login login(String database, String user, Optional<String> password) {
        return new Login(privateDirectory.toString(), 5432, database, user, password);
    }

    /// The server's process.
    public long pid() {
        return process.pid();
    }

    private void awaitReady(Timeline timeline, Optional<String> password, Path log, Path data) {
        Login login = login("postgres", "postgres", password);
        boolean ready = timeline.await(() -> !process.isAlive() || isReady(login), timeline.now() + START.toNanos());
        if (!ready || !process.isAlive()) {
            String printed = Program.tail(log);
            close();
            throw new EnvironmentException("PostgreSQL does not start on " + data + ": " + printed);
        }
    }

    /// A refused role, password or database is an answer too: the server is up.
    private boolean isReady(Login login) {
        if (!Files.exists(Login.socket(privateDirectory, 5432))) {
            return false;
        }
        try {
            login.open(PROBE).close();
            return true;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            return state.startsWith("28") || state.equals("3D000") || state.equals("08004");
        }
    }

    /// Ends the server by a fast shutdown: open transactions are rolled back, everything is
    /// written.
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                Program.run(List.of("kill", "-INT", Long.toString(process.pid())), PROBE);
                if (!Program.waitFor(process, STOP)) {
                    process.destroyForcibly();
                    throw new EnvironmentException("PostgreSQL (process " + process.pid() + ") did not end within "
                            + STOP.toSeconds() + " s after SIGINT and was killed");
                }
            }
        } finally {
            FileTree.deleteQuietly(privateDirectory);
        }
    }
}
