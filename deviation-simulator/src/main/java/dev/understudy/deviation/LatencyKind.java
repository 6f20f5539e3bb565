package dev.understudy.deviation;

import dev.understudy.runtime.Capability;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import dev.understudy.scenario.KindSignature.Parameter;
import dev.understudy.scenario.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/// Every request on a link, or every turn-around, takes longer by a set time.
public final class LatencyKind implements DeviationKind {
    @Override
    public KindSignature signature() {
        return new KindSignature(
                "latency",
                "Every request on a link, or every turn-around of a protocol that is not HTTP, is passed on later.",
                Aim.LINK,
                List.of(new Parameter(
                        "by", Quantity.Unit.TIME, Optional.empty(), List.of(), "How much later, for example 400ms.")));
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.LINK_DELAY);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Delayed(context, context.arm().link(context.link()));
    }

    private record Delayed(Inject context, LinkHandle handle, LongAdder count, LongAdder sum, LongAccumulator longest)
            implements LinkInjection {
        Delayed(Inject context, LinkHandle handle) {
            this(context, handle, new LongAdder(), new LongAdder(), new LongAccumulator(Math::max, 0));
        }

        private Quantity by() {
            return context.spec().parameter("by");
        }

        @Override
        public String requested() {
            return "requests on " + handle.link() + " later by " + by();
        }

        @Override
        public Disturbance disturbance() {
            return new Disturbance.Delay(by().asDuration());
        }

        @Override
        public void exchanged(LinkSample sample) {
            if (sample.addedNanos() > 0 && sample.link().equals(handle.link())) {
                count.increment();
                sum.add(sample.addedNanos());
                longest.accumulate(sample.addedNanos());
            }
        }

        @Override
        public String achieved() {
            long held = count.sum();
            return held == 0
                    ? "no held request was measured"
                    : held + " held, " + millis(sum.sum() / held) + " on average, " + millis(longest.get())
                            + " at most";
        }

        private static String millis(long nanos) {
            return Math.round(nanos / 1e5) / 10.0 + " ms";
        }
    }
}
