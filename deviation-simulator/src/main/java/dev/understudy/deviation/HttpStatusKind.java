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

/// Some requests on an HTTP link are answered with a status by the link itself, as if the callee were overloaded or
/// broken; it never sees them.
public final class HttpStatusKind implements DeviationKind {
    private static final int LEAST = 200;
    private static final int MOST = 599;

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "http-status",
                "Some requests on an HTTP link are answered with a status by the link; the callee never sees them.",
                Aim.LINK,
                HttpRequests.after(new Parameter(
                        "status",
                        Quantity.Unit.COUNT,
                        Optional.empty(),
                        List.of(),
                        "What they are answered with, for example 503.",
                        LEAST,
                        MOST)),
                true);
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.LINK_HTTP);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Answering(context, context.arm().link(context.link()), new LongAdder(), new LongAdder());
    }

    private record Answering(Inject context, LinkHandle handle, LongAdder answered, LongAdder all)
            implements LinkInjection {
        private int status() {
            return (int) context.spec().parameter("status").asCount();
        }

        @Override
        public String requested() {
            return handle.link() + " answers " + HttpRequests.of(context.spec()) + " with " + status();
        }

        @Override
        public Disturbance disturbance() {
            return new Disturbance.Status(HttpRequests.of(context.spec()), status());
        }

        @Override
        public void exchanged(LinkSample sample) {
            if (sample.link().equals(handle.link())) {
                all.increment();
                if (sample.status() == status()) {
                    answered.increment();
                }
            }
        }

        @Override
        public String achieved() {
            return answered.sum() + " of " + all.sum() + " exchanges ended with " + status();
        }
    }
}
