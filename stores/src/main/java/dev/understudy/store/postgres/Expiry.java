package dev.understudy.store.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Cancels a statement when its time is over, whatever `statement_timeout` the text itself sets.
final class Expiry {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread watcher;

    private Expiry(Statement statement, long millis) {
        watcher = Thread.ofVirtual().name("sql-expiry").start(() -> {
            try {
                if (!done.await(millis, TimeUnit.MILLISECONDS)) {
                    statement.cancel();
                }
            } catch (SQLException | InterruptedException e) {
                // a server that can't be told is cut off by the network time-out
            }
        });
    }

    /// Executes `sql`, for at most `millis`. No cancellation comes any more after this has
    /// returned.
    static void execute(Statement statement, String sql, long millis) throws SQLException {
        Expiry expiry = new Expiry(statement, millis);
        try {
            statement.execute(sql);
        } finally {
            expiry.end();
        }
    }

    private void end() {
        done.countDown();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
