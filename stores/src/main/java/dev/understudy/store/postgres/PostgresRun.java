package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Program;
import dev.understudy.store.Scratch;
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
/// If the tool is killed meanwhile, the server stays until [Scratch#removeAbandoned]; without
/// that it ends by itself within a minute after its data directory is deleted.
public final class PostgresRun implements AutoCloseable {
    private static final String LOG = "log";
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
        return start(server, data, care, timeline, password, Map.of());
    }

    /// The same with settings besides.
    static PostgresRun start(
            PostgresServer server,
            Path data,
            PostgresServer.Care care,
            Timeline timeline,
            Optional<String> password,
            Map<String, String> settings) {
        try {
            Path directory = Scratch.directory("pg");
            PostgresRun run = launch(server, data, care, directory, settings);
            boolean up = false;
            try {
                Scratch.use(directory, run.process);
                run.awaitReady(timeline, password, data);
                up = true;
                return run;
            } finally {
                if (!up) {
                    run.close();
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException("cannot start PostgreSQL on " + data + ": " + e, e);
        }
    }

    private static PostgresRun launch(
            PostgresServer server, Path data, PostgresServer.Care care, Path directory, Map<String, String> settings)
            throws IOException {
        try {
            List<String> command = server.run(data, PostgresServer.Listening.in(directory), care, settings);
            Process process = Program.cleaned(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(directory.resolve(LOG).toFile())
                    .start();
            return new PostgresRun(process, directory);
        } catch (IOException | RuntimeException e) {
            FileTree.deleteQuietly(directory);
            throw e;
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

    private void awaitReady(Timeline timeline, Optional<String> password, Path data) {
        Login login = login("postgres", "postgres", password);
        boolean ready = timeline.await(() -> !process.isAlive() || isReady(login), timeline.now() + START.toNanos());
        if (!ready || !process.isAlive()) {
            throw new EnvironmentException(
                    "PostgreSQL does not start on " + data + ": " + Program.tail(privateDirectory.resolve(LOG)));
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
                // the shell's own kill: minimal systems have no program of that name
                Program.run(List.of("sh", "-c", "kill -INT " + process.pid()), PROBE);
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
