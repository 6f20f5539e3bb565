package dev.understudy.store.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes files come, go and shrink while they are copied: tables are dropped, made and rewritten,
/// and checkpoints move the start of recovery.
final class Upheaval implements AutoCloseable {
    private static final String ROUND = """
            DROP TABLE IF EXISTS passing;
            CREATE TABLE passing AS SELECT i, repeat('y', 200) FROM generate_series(1, 5000) i;
            DELETE FROM passing WHERE i > 100;
            VACUUM passing;
            VACUUM FULL ledger;
            CHECKPOINT;
            """;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread thread;
    private volatile String failure = "";

    Upheaval(Login admin) {
        thread = Thread.ofPlatform().start(() -> {
            while (!stop.get() && failure.isEmpty()) {
                SqlOutcome outcome = new SqlScript(ROUND).run(admin, Duration.ofSeconds(60));
                failure = outcome.succeeded() ? "" : outcome.output();
                rounds.incrementAndGet();
            }
        });
    }

    int rounds() {
        return rounds.get();
    }

    @Override
    public void close() {
        stop.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
    }
}
