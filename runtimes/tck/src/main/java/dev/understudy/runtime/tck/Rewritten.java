package dev.understudy.runtime.tck;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Topology;
import java.util.List;

/// A scenario that a test takes from another by exchanging some parts; all the rest stays as it was. Not thread-safe.
public final class Rewritten {
    private final Scenario of;
    private Scenario.LiveSource live;
    private Topology topology;
    private ShadowSpec shadow;
    private List<Change> changes;
    private List<DeviationSpec> deviations;
    private List<StabilityRule> stability;
    private Scenario.BreachPolicy breach;
    private RollbackProcedure rollback;
    private List<Scenario.ExpectedDifference> expected;
    private Monitoring monitoring;

    private Rewritten(Scenario of) {
        this.of = of;
        live = of.live();
        topology = of.topology();
        shadow = of.shadow();
        changes = of.changes();
        deviations = of.deviations();
        stability = of.stability();
        breach = of.breach();
        rollback = of.rollback();
        expected = of.expected();
        monitoring = of.monitoring();
    }

    /// Begins with `scenario` as it stands.
    public static Rewritten of(Scenario scenario) {
        return new Rewritten(scenario);
    }

    /// With another live system, or other limits for it.
    public Rewritten live(Scenario.LiveSource other) {
        live = other;
        return this;
    }

    /// With other services.
    public Rewritten topology(Topology other) {
        topology = other;
        return this;
    }

    /// With another shadow.
    public Rewritten shadow(ShadowSpec other) {
        shadow = other;
        return this;
    }

    /// With other changes.
    public Rewritten changes(List<Change> other) {
        changes = other;
        return this;
    }

    /// With other deviations.
    public Rewritten deviations(List<DeviationSpec> other) {
        deviations = other;
        return this;
    }

    /// With other rules.
    public Rewritten stability(List<StabilityRule> other) {
        stability = other;
        return this;
    }

    /// With another policy of what is a breach.
    public Rewritten breach(Scenario.BreachPolicy other) {
        breach = other;
        return this;
    }

    /// With another way back.
    public Rewritten rollback(RollbackProcedure other) {
        rollback = other;
        return this;
    }

    /// With other declared differences.
    public Rewritten expected(List<Scenario.ExpectedDifference> other) {
        expected = other;
        return this;
    }

    /// With other scrapes and alerts.
    public Rewritten monitoring(Monitoring other) {
        monitoring = other;
        return this;
    }

    /// The scenario with all that was exchanged.
    public Scenario scenario() {
        return new Scenario(
                of.name(),
                of.place(),
                of.description(),
                of.seed(),
                of.expect(),
                live,
                topology,
                shadow,
                of.traffic(),
                changes,
                deviations,
                stability,
                breach,
                rollback,
                of.ledger(),
                expected,
                of.steady(),
                of.optimize(),
                monitoring);
    }
}
