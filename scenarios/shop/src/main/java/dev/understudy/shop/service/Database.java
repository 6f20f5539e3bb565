package dev.understudy.shop.service;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// PostgreSQL through a few connections that are kept and, once they break, replaced. Safe for any number of
/// threads.
public final class Database {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String url;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    /// Up to `connections` connections to the database at a `jdbc:postgresql:` address; none is opened yet.
    public Database(String url, int connections) {
        this.url = url;
        this.free = new Semaphore(connections, true);
    }

    /// Something done with a connection.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it; the connection belongs to the caller only until this returns.
        T with(Connection connection) throws SQLException;
    }

    /// Does the work, each statement for itself.
    ///
    /// @throws SQLException what the work throws, or if there is no connection to be had
    public <T> T run(Work<T> work) throws SQLException {
        reserve();
        try {
            Connection connection = connection();
            try {
                T result = work.with(connection);
                idle.addFirst(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                discard(connection, e);
                throw e;
            }
        } finally {
            free.release();
        }
    }

    /// Does the work in one transaction: all of it or, if it throws, nothing.
    ///
    /// @throws SQLException what the work throws, or if there is no connection to be had
    public <T> T inTransaction(Work<T> work) throws SQLException {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /// Returns if the database answers. @throws SQLException if it doesn't
    public void check() throws SQLException {
        run(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            }
        });
    }

    private void reserve() throws SQLException {
        try {
            if (!free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLException("no connection became free within " + LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
    }

    private Connection connection() throws SQLException {
        Connection kept = idle.pollFirst();
        if (kept != null) {
            return kept;
        }
        Properties properties = new Properties();
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "shop");
        return DriverManager.getConnection(url, properties);
    }

    /// A connection is kept after an error of the statement, and goes after any other; then so do those that
    /// are idle, for what broke one, a restart for instance, broke them all.
    private void discard(Connection connection, Exception cause) throws SQLException {
        String state = cause instanceof SQLException problem ? String.valueOf(problem.getSQLState()) : "00000";
        if (!state.startsWith("08") && !state.startsWith("57P") && !connection.isClosed()) {
            idle.addFirst(connection);
            return;
        }
        connection.close();
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.close();
        }
    }
}
