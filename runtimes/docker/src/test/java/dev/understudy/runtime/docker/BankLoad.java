package dev.understudy.runtime.docker;

import dev.understudy.store.postgres.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Writers like those of pgbench: each transaction moves an amount from one account to another and notes it, so
/// that all balances add up to nothing, and every balance to what is noted of it.
final class BankLoad implements AutoCloseable {
    static final String SETUP = """
            create table account (id int primary key, balance bigint not null, filler text not null);
            insert into account select id, 0, repeat('x', 200) from generate_series(1, ACCOUNTS) id;
            create table movement (id bigserial primary key, account int not null, delta bigint not null);
            """;
    /// 0 if nothing is broken.
    static final String BROKEN = """
            select (select abs(sum(balance)) from account)
              + (select count(*) from account a
                 left join (select account, sum(delta) moved from movement group by account) m on m.account = a.id
                 where a.balance <> coalesce(m.moved, 0))
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Tests run where others work too.
    private static final long BREATH_NANOS = 500_000;

    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<Thread> writers = new ArrayList<>();

    BankLoad(Login login, int accounts, int clients) {
        for (int client = 0; client < clients; client++) {
            Random random = new Random(client);
            writers.add(Thread.ofVirtual().start(() -> write(login, accounts, random)));
        }
    }

    private void write(Login login, int accounts, Random random) {
        try (Connection connection = login.open(PATIENCE);
                Statement statement = connection.createStatement()) {
            while (!done.get()) {
                int from = 1 + random.nextInt(accounts / 2);
                int to = accounts / 2 + 1 + random.nextInt(accounts / 2);
                int amount = random.nextInt(1000);
                statement.execute("begin; update account set balance = balance - " + amount + " where id = " + from
                        + "; update account set balance = balance + " + amount + " where id = " + to
                        + "; insert into movement (account, delta) values (" + from + ", -" + amount + "), (" + to
                        + ", " + amount + "); commit");
                acknowledged.incrementAndGet();
                LockSupport.parkNanos(BREATH_NANOS);
            }
        } catch (SQLException e) {
            if (!done.get()) {
                failed.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        done.set(true);
        writers.forEach(writer -> {
            try {
                writer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
