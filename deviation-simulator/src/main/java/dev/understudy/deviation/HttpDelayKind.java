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
import java.util.concurrent.atomic.LongAdder;

/// Some requests on an HTTP link take longer by a set time, for example those of one path.
public final class HttpDelayKind implements DeviationKind {
    @Override
    public KindSignature signature() {
        return new KindSignature(
                "http-delay",
                "Some requests on an HTTP link, told by method, path and share, are passed on later.",
                Aim.LINK,
                HttpRequests.after(new Parameter(
                        "by", Quantity.Unit.TIME, Optional.empty(), List.of(), "How much later, for example 400ms.")),
                true);
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.LINK_HTTP);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Holding(context, context.arm().link(context.link()), new LongAdder(), new LongAdder());
    }

    private record Holding(Inject context, LinkHandle handle, LongAdder held, LongAdder sum) implements LinkInjection {
        private Quantity by() {
            return context.spec().parameter("by");
        }

        @Override
        public String requested() {
            return HttpRequests.of(context.spec()) + " on " + handle.link() + " later by " + by();
        }

        @Override
        public Disturbance disturbance() {
            return new Disturbance.Hold(HttpRequests.of(context.spec()), by().asDuration());
        }

        /// What waited only for its request line to come in was not held by this.
        @Override
        public void exchanged(LinkSample sample) {
            if (sample.link().equals(handle.link())
                    && sample.addedNanos() >= by().asDuration().toNanos()) {
                held.increment();
                sum.add(sample.addedNanos());
            }
        }

        @Override
        public String achieved() {
            long count = held.sum();
            return count == 0
                    ? "no held request was measured"
                    : count + " held, " + Math.round(sum.sum() / 1e5 / count) / 10.0 + " ms on average";
        }
    }
}
