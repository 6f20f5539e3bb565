package dev.understudy.engine;

import dev.understudy.analysis.rules.RecoveryWatch;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The wait for recovery: steady, and enough traffic seen since. Thread-safe.
final class Recovery {
    private final RecoveryWatch watch;
    private final long floor;
    private final long from;
    private final AtomicLong exchanges = new AtomicLong();

    Recovery(Scenario scenario, double p50Spread, long from) {
        this.watch = new RecoveryWatch(scenario.steady(), p50Spread);
        this.from = from;
        this.floor = scenario.traffic().floor().exchanges();
    }

    synchronized void ended(ArmName arm, long intended, long ended, boolean failure) {
        if (intended < from) {
            return;
        }
        watch.ended(arm, intended, ended, failure);
        if (arm == ArmName.CANDIDATE) {
            exchanges.incrementAndGet();
        }
    }

    /// Since when all is well, if it has been for long enough.
    synchronized OptionalLong look(long now, boolean everyInstanceHealthy, Set<String> broken) {
        return watch.look(now, everyInstanceHealthy, broken, exchanges.get() >= floor);
    }

    /// What is missing now.
    synchronized String missing() {
        return watch.missing();
    }
}
