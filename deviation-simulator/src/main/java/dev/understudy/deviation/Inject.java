package dev.understudy.deviation;

import dev.understudy.runtime.Arm;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Link;

/// What is to deviate, and where.
public record Inject(DeviationSpec spec, Arm arm, MetricGate gate) {

    /// The link that the deviation acts on. @throws IllegalArgumentException if it acts on something else
    public Link link() {
        if (spec.target() instanceof DeviationSpec.Target.OnLink on) {
            return on.link();
        }
        throw mistaken("link");
    }

    /// The service that the deviation acts on. @throws IllegalArgumentException if it acts on something else
    public String service() {
        if (spec.target() instanceof DeviationSpec.Target.OnService on) {
            return on.service();
        }
        throw mistaken("service");
    }

    /// The rule whose measurements deviate. @throws IllegalArgumentException if it acts on something else
    public String rule() {
        if (spec.target() instanceof DeviationSpec.Target.OnRule on) {
            return on.rule();
        }
        throw mistaken("rule");
    }

    private IllegalArgumentException mistaken(String wanted) {
        return new IllegalArgumentException("deviation '" + spec.id() + "' of kind '" + spec.kind() + "' needs a "
                + wanted + ", not " + spec.target());
    }
}
