package dev.understudy.engine;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;

/// Scenarios with one part exchanged.
final class Rewritten {
    private Rewritten() {}

    /// With another way back.
    static Scenario rollback(Scenario of, RollbackProcedure rollback) {
        return new Scenario(
                of.name(),
                of.place(),
                of.description(),
                of.seed(),
                of.expect(),
                of.live(),
                of.topology(),
                of.shadow(),
                of.traffic(),
                of.changes(),
                of.deviations(),
                of.stability(),
                of.breach(),
                rollback,
                of.ledger(),
                of.expected(),
                of.steady(),
                of.optimize());
    }
}
