package dev.understudy.store.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// An SQL text that is run as a whole: in one transaction, unless its first statement begins one
/// itself or it holds a statement that the server refuses inside one (`CREATE INDEX CONCURRENTLY`,
/// `VACUUM`, …); then statement by statement as written. Stops at the first error. A procedure that
/// commits by itself has to be called from a text that begins with `BEGIN; COMMIT;`. Immutable;
/// every run opens its own connection.
///
/// @param text the statements
public record SqlScript(String text) {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int SHOWN_LINES = 60;

    /// Commands of `psql` in dumps of recent versions that mean nothing here.
    private static final Set<String> HARMLESS_META = Set.of("\\restrict", "\\unrestrict");

    /// Runs the text on the database of `login`. When `limit` is over, the running statement is
    /// cancelled; if the server doesn't even react to that within two seconds, the connection is
    /// cut. Errors are data.
    public SqlOutcome run(Login login, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<String> output = new ArrayList<>();
        try (Connection connection = login.open(limit)) {
            return run(connection, deadline, output);
        } catch (SQLException e) {
            return new SqlOutcome(false, System.nanoTime() >= deadline, tail(output, login + ": " + e.getMessage()));
        }
    }

    private SqlOutcome run(Connection connection, long deadline, List<String> output) throws SQLException {
        List<SqlStatement> statements = SqlScanner.statements(text);
        boolean asWritten = statements.stream().anyMatch(SqlStatement::needsAutoCommit)
                || (!statements.isEmpty() && statements.getFirst().beginsTransaction());
        connection.setAutoCommit(asWritten);
        for (SqlStatement statement : statements) {
            try {
                run(connection, statement, deadline, output);
            } catch (SQLException e) {
                rollBackQuietly(connection, asWritten);
                boolean timedOut = System.nanoTime() >= deadline;
                String over = timedOut ? " (its time was over)" : "";
                return new SqlOutcome(false, timedOut, tail(output, describe(statement, e) + over));
            }
        }
        if (!asWritten) {
            try {
                connection.commit();
            } catch (SQLException e) {
                return new SqlOutcome(false, System.nanoTime() >= deadline, tail(output, "commit: " + e.getMessage()));
            }
        }
        return new SqlOutcome(true, false, tail(output, null));
    }

    private static void run(Connection connection, SqlStatement statement, long deadline, List<String> output)
            throws SQLException {
        if (statement.meta()) {
            if (HARMLESS_META.contains(statement.sql().split("\\s", 2)[0])) {
                return;
            }
            throw new SQLException("a command of psql is no SQL");
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SQLException("the time was over before it began");
        }
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, left + GRACE.toMillis()));
        if (statement.isCopyIn()) {
            output.add(line(statement, copyIn(connection, statement)));
            return;
        }
        try (Statement running = connection.createStatement()) {
            running.setEscapeProcessing(false);
            Expiry.execute(running, statement.sql(), left);
            notices(running.getWarnings(), output);
            output.add(line(statement, running.getLargeUpdateCount()));
        }
    }

    private static long copyIn(Connection connection, SqlStatement statement) throws SQLException {
        try {
            return new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn(statement.sql(), new StringReader(statement.data()));
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    private static String line(SqlStatement statement, long rows) {
        return "line " + statement.line() + ": " + statement.label() + (rows > 0 ? " (" + rows + " rows)" : "");
    }

    private static void notices(@Nullable SQLWarning first, List<String> output) {
        for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
            output.add("notice: " + notice.getMessage());
        }
    }

    private static String describe(SqlStatement statement, SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String message = server == null || server.getMessage() == null ? e.getMessage() : server.getMessage();
        return "error " + (e.getSQLState() == null ? "" : e.getSQLState() + " ") + "at "
                + place(statement, server == null ? 0 : server.getPosition()) + " ("
                + statement.label() + "): " + message;
    }

    /// The server counts characters from the start of the statement, from 1.
    private static String place(SqlStatement statement, int position) {
        if (position <= 0) {
            return "line " + statement.line();
        }
        String before = statement
                .sql()
                .substring(0, Math.min(position - 1, statement.sql().length()));
        long lines = before.chars().filter(c -> c == '\n').count();
        return "line " + (statement.line() + lines) + ", column " + (before.length() - before.lastIndexOf('\n'));
    }

    private static void rollBackQuietly(Connection connection, boolean asWritten) {
        try {
            if (!asWritten) {
                connection.rollback();
            }
        } catch (SQLException connectionIsGone) {
            // then the server rolls back by itself
        }
    }

    private static String tail(List<String> output, @Nullable String last) {
        if (last != null) {
            output.add(last);
        }
        List<String> shown = output.subList(Math.max(0, output.size() - SHOWN_LINES), output.size());
        return String.join("\n", shown);
    }
}
