package dev.understudy.engine;

import dev.understudy.journal.ExchangeRecord;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Asks the entry ten times a second whenever users don't, so that downtime has no blind spots while a
/// rollback runs.
final class Prober {
    /// Ids of probes are negative.
    private static final AtomicLong IDS = new AtomicLong();

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private volatile boolean closed;

    Prober(int trial, Stagecraft craft, Driver driver) {
        RunLog log = craft.log();
        String entry = craft.scenario().topology().entry();
        String path = craft.scenario()
                .topology()
                .service(entry)
                .health()
                .flatMap(health -> health.http())
                .orElse("/");
        for (Map.Entry<ArmName, Arm> arm : craft.arms().entrySet()) {
            log.timeline().fork("probe " + arm.getKey(), () -> {
                while (!closed) {
                    long slot = log.now();
                    if (slot - driver.lastIntended() > EVERY.toNanos()) {
                        Answer answer = arm.getValue().exchange(Request.get(entry, path), PATIENCE);
                        log.recorder().record(record(trial, arm.getKey(), slot, log.now(), answer));
                    }
                    log.timeline().await(() -> closed, slot + EVERY.toNanos());
                }
                return true;
            });
        }
    }

    private static ExchangeRecord record(int trial, ArmName arm, long began, long ended, Answer answer) {
        return new ExchangeRecord(
                trial,
                IDS.decrementAndGet(),
                0,
                ExchangeRecord.PROBE,
                false,
                0,
                arm == ArmName.CONTROL,
                began,
                began,
                ended,
                answer.status(),
                answer.isFailure() ? ExchangeRecord.Outcome.REFUSED : ExchangeRecord.Outcome.ACKNOWLEDGED);
    }

    /// Asks no more.
    void stop() {
        closed = true;
    }
}
