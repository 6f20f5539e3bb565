package dev.understudy.engine;

import dev.understudy.analysis.rules.RecoveryWatch;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Traffic;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The wait for recovery: steady, and enough traffic seen since. Thread-safe.
final class Recovery {
    private final RecoveryWatch watch;
    private final Traffic.Floor floor;
    private final long from;
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    Recovery(Scenario scenario, double p50Spread, long from) {
        this.watch = new RecoveryWatch(scenario.steady(), p50Spread);
        this.from = from;
        this.floor = scenario.traffic().floor();
    }

    synchronized void ended(ArmName arm, Mirrored exchange, long ended, boolean failure) {
        if (exchange.intended() < from) {
            return;
        }
        watch.ended(arm, exchange.intended(), ended, failure);
        if (arm == ArmName.CANDIDATE) {
            exchanges.incrementAndGet();
            writes.addAndGet(exchange.isWrite() ? 1 : 0);
        }
    }

    /// Since when all is well, if it has been for long enough.
    synchronized OptionalLong look(long now, boolean everyInstanceHealthy, Set<String> broken) {
        boolean enough = exchanges.get() >= floor.exchanges() && writes.get() >= floor.writes();
        return watch.look(now, everyInstanceHealthy, broken, enough);
    }

    /// What is missing now.
    synchronized String missing() {
        return watch.missing();
    }
}
