package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Program;
import dev.understudy.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A data directory that we make or bring to rest, with the programs that go with it. Blocking;
/// different directories may be worked on at the same time.
///
/// @param server the programs
/// @param directory the data directory
/// @param timeline on which starting is waited for
public record PostgresData(PostgresServer server, Path directory, Timeline timeline) {
    private static final Duration INITDB = Duration.ofMinutes(2);
    private static final Duration SQL = Duration.ofMinutes(10);

    /// What a new data directory shall hold.
    ///
    /// @param database the database to make
    /// @param owner who owns it; gets what an online copy needs (REPLICATION, reading settings, the
    ///     backup functions); `postgres` is the superuser
    /// @param password of both roles; empty: no password is needed from this machine
    /// @param scripts SQL run by the owner, in this order, each as [SqlScript] does
    public record Content(String database, String owner, Optional<String> password, List<String> scripts) {
        public Content {
            scripts = List.copyOf(scripts);
        }
    }

    /// Makes the data directory, which must be absent or empty, with `content` in it. Nothing is
    /// left if it fails.
    /// @throws EnvironmentException with what `initdb`, the server or a script said
    public void initialise(Content content, PostgresServer.Care care) {
        FileTree.requireEmpty(directory);
        boolean complete = false;
        try {
            makeEmpty(content.password(), care);
            try (PostgresRun run = PostgresRun.start(server, directory, care, timeline, content.password())) {
                fill(run, content, server.programs().major() * 10_000);
            }
            complete = true;
        } finally {
            if (!complete) {
                FileTree.deleteQuietly(directory);
            }
        }
    }

    /// Starts the server once on a copy and ends it cleanly: recovery happens here and not at each
    /// start of each arm, and a copy that can't start is found before anything depends on it.
    /// @throws EnvironmentException with the server's log if it doesn't start
    public void settle() {
        PostgresRun.start(server, directory, PostgresServer.Care.SHADOW, timeline, Optional.empty())
                .close();
    }

    private void makeEmpty(Optional<String> password, PostgresServer.Care care) {
        Path file = null;
        try {
            if (password.isPresent()) {
                file = Scratch.file("secret");
                Files.writeString(file, password.get() + "\n");
            }
            Program.require(server.initdb(directory, Optional.ofNullable(file), care), INITDB);
        } catch (IOException e) {
            throw new EnvironmentException("cannot make a data directory in " + directory + ": " + e, e);
        } finally {
            FileTree.deleteQuietly(file);
        }
    }

    private static void fill(PostgresRun run, Content content, int version) {
        Login admin = run.login("postgres", "postgres", content.password());
        String owner = quoted(content.owner());
        if (!content.owner().equals("postgres")) {
            String secret =
                    content.password().map(p -> " PASSWORD " + literal(p)).orElse("");
            require(admin, "CREATE ROLE " + owner + " LOGIN REPLICATION" + secret, "role " + content.owner());
            require(admin, "GRANT pg_read_all_settings TO " + owner, "role " + content.owner());
        }
        if (!content.database().equals("postgres")) {
            String create = "CREATE DATABASE " + quoted(content.database()) + " OWNER " + owner;
            require(admin, create, "database " + content.database());
        }
        Login inside = run.login(content.database(), "postgres", content.password());
        for (String function : BackupCalls.functions(version)) {
            require(inside, "GRANT EXECUTE ON FUNCTION " + function + " TO " + owner, "role " + content.owner());
        }
        Login asOwner = inside.as(content.owner(), content.password());
        for (int i = 0; i < content.scripts().size(); i++) {
            require(
                    asOwner,
                    content.scripts().get(i),
                    "script " + (i + 1) + " of " + content.scripts().size());
        }
    }

    private static void require(Login login, String sql, String what) {
        SqlOutcome outcome = new SqlScript(sql).run(login, SQL);
        if (!outcome.succeeded()) {
            throw new EnvironmentException("cannot make " + what + " in the new database: " + outcome.output());
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
