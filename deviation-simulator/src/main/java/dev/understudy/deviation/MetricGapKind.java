package dev.understudy.deviation;

import dev.understudy.runtime.Capability;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import java.util.List;
import java.util.Set;

/// A rule gets no measurements, as if monitoring had failed; no service is touched.
public final class MetricGapKind implements DeviationKind {
    @Override
    public KindSignature signature() {
        return new KindSignature(
                "metric-gap",
                "A stability rule gets no measurements, as if monitoring had failed; no service is touched.",
                Aim.RULE,
                List.of());
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.METRIC_STREAM);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Gap(context);
    }

    private record Gap(Inject context) implements Injection {
        @Override
        public String requested() {
            return "no measurements for rule " + context.rule();
        }

        @Override
        public String undoing() {
            return "nothing outlives the run";
        }

        @Override
        public void begin() {
            context.gate()
                    .withhold(
                            context.arm().name(), context.rule(), context.spec().id());
        }

        @Override
        public void undo() {
            context.gate()
                    .release(
                            context.arm().name(), context.rule(), context.spec().id());
        }

        @Override
        public boolean isGone() {
            return !context.gate()
                    .withheld(context.arm().name(), context.rule())
                    .contains(context.spec().id());
        }

        @Override
        public String achieved() {
            return "measurements withheld from rule " + context.rule();
        }
    }
}
