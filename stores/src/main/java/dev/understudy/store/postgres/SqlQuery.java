package dev.understudy.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// One query that yields one value. It runs in a transaction that may only read and is rolled back. Immutable; every
/// run opens its own connection.
///
/// @param text the query
public record SqlQuery(String text) {
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// Asks the database of `login`; the output is the value alone, empty for null. It fails if there isn't exactly
    /// one row with one column. When `limit` is over, the query is cancelled. Errors are data.
    public SqlOutcome run(Login login, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Connection connection = login.open(limit);
                Statement asking = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            asking.setEscapeProcessing(false);
            asking.setMaxRows(2);
            long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, left + GRACE.toMillis()));
            Expiry.execute(asking, text, left);
            SqlOutcome outcome = value(asking);
            connection.rollback();
            return outcome;
        } catch (SQLException e) {
            // the detail beside a server's message may quote rows
            ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
            String message = server == null || server.getMessage() == null ? e.getMessage() : server.getMessage();
            return new SqlOutcome(false, System.nanoTime() >= deadline, login + ": " + message);
        }
    }

    private static SqlOutcome value(Statement asked) throws SQLException {
        try (ResultSet rows = asked.getResultSet()) {
            if (rows == null) {
                return failed("it is no query");
            }
            if (rows.getMetaData().getColumnCount() != 1) {
                return failed("it yields " + rows.getMetaData().getColumnCount() + " columns, not one");
            }
            if (!rows.next()) {
                return failed("it yields no row");
            }
            String value = rows.getString(1);
            return rows.next()
                    ? failed("it yields more than one row")
                    : new SqlOutcome(true, false, value == null ? "" : value);
        }
    }

    private static SqlOutcome failed(String why) {
        return new SqlOutcome(false, false, why);
    }
}
