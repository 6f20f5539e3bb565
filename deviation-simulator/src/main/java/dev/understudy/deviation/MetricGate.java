package dev.understudy.deviation;

import dev.understudy.runtime.ArmName;
import java.util.Set;

/// Stands between what is measured and the rules. Thread-safe.
public interface MetricGate {

    /// From now on `rule` gets no measurements of `arm`, because of the deviation `id`.
    void withhold(ArmName arm, String rule, String id);

    /// Takes back [#withhold]; no effect if there was none.
    void release(ArmName arm, String rule, String id);

    /// The deviations that withhold measurements of `arm` from `rule` now.
    Set<String> withheld(ArmName arm, String rule);
}
