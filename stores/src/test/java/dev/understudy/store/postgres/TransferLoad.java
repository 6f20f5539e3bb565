package dev.understudy.store.postgres;

import dev.understudy.runtime.RealTimeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Writers that move money between accounts, so that the sum never changes, and note each transfer
/// in a ledger in the same transaction. Remembers when each was begun and acknowledged.
final class TransferLoad implements AutoCloseable {
    static final int ACCOUNTS = 2000;
    static final long SUM = ACCOUNTS * 1000L;
    static final String SCHEMA = """
            CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL, padding text NOT NULL);
            INSERT INTO account SELECT i, 1000, repeat('x', 500) FROM generate_series(1, 2000) i;
            CREATE TABLE ledger (id bigint PRIMARY KEY, source int REFERENCES account, target int REFERENCES account,
              amount int NOT NULL);
            CREATE INDEX ON ledger (source);
            CREATE INDEX ON ledger (target);
            """;

    /// Accounts whose balance is not what the ledger says.
    static final String UNEXPLAINED = """
            SELECT count(*) FROM account a WHERE a.balance <> 1000
              - (SELECT coalesce(sum(amount), 0) FROM ledger WHERE source = a.id)
              + (SELECT coalesce(sum(amount), 0) FROM ledger WHERE target = a.id)
            """;

    record Transfer(long id, long begunMillis, long acknowledgedMillis) {}

    private final Queue<Transfer> transfers = new ConcurrentLinkedQueue<>();
    private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong ids = new AtomicLong();
    private final List<Thread> writers = new ArrayList<>();

    TransferLoad(Login login, int count) {
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            writers.add(Thread.ofPlatform().start(() -> write(login, random)));
        }
    }

    /// Waits until `count` more transfers were acknowledged.
    void awaitMore(int count) {
        RealTimeline timeline = new RealTimeline();
        int target = transfers.size() + count;
        if (!timeline.await(() -> transfers.size() >= target || !failures.isEmpty(), 60_000_000_000L)) {
            throw new IllegalStateException("the writers stand still at " + transfers.size());
        }
    }

    private void write(Login login, Random random) {
        try (Connection connection = login.open(Duration.ofSeconds(10))) {
            connection.setAutoCommit(false);
            try (PreparedStatement move =
                            connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?");
                    PreparedStatement note = connection.prepareStatement("INSERT INTO ledger VALUES (?, ?, ?, ?)")) {
                while (!stop.get()) {
                    transfer(connection, move, note, random);
                }
            }
        } catch (SQLException e) {
            failures.add(e);
        }
    }

    private void transfer(Connection connection, PreparedStatement move, PreparedStatement note, Random random)
            throws SQLException {
        int one = 1 + random.nextInt(ACCOUNTS - 1);
        int other = one + 1 + random.nextInt(ACCOUNTS - one); // locks in the order of ids: no deadlock
        long id = ids.incrementAndGet();
        long begun = System.currentTimeMillis();
        change(move, one, -7);
        change(move, other, 7);
        note.setLong(1, id);
        note.setInt(2, one);
        note.setInt(3, other);
        note.setInt(4, 7);
        note.executeUpdate();
        connection.commit();
        transfers.add(new Transfer(id, begun, System.currentTimeMillis()));
    }

    private static void change(PreparedStatement move, int account, int amount) throws SQLException {
        move.setInt(1, amount);
        move.setInt(2, account);
        move.executeUpdate();
    }

    /// Ends the writers; fails if one of them met an error, which would mean that live was harmed.
    @Override
    public void close() throws SQLException {
        stop.set(true);
        for (Thread writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.peek();
        }
    }

    /// Ids acknowledged strictly before `millis` that `database` does not hold.
    List<Long> missing(Set<Long> present, long millis) {
        return transfers.stream()
                .filter(t -> t.acknowledgedMillis() < millis && !present.contains(t.id()))
                .map(Transfer::id)
                .toList();
    }

    /// Ids begun after `millis` that `database` holds all the same.
    List<Long> fromTheFuture(Set<Long> present, long millis) {
        return transfers.stream()
                .filter(t -> t.begunMillis() > millis && present.contains(t.id()))
                .map(Transfer::id)
                .toList();
    }

    static Set<Long> ledger(Connection connection) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM ledger")) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    static long one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
