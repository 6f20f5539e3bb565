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

/// A link takes no new connections, as if nothing listened there; open ones are ended, pooled ones too.
public final class RefuseKind implements DeviationKind {
    private static final String END = "end";
    private static final String KEEP = "keep";

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "refuse",
                "A link takes no new connections, as if nothing listened there.",
                Aim.LINK,
                List.of(new Parameter(
                        "existing",
                        Quantity.Unit.WORD,
                        Optional.of(END),
                        List.of(END, KEEP),
                        "Whether open connections are ended too or kept.")));
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.LINK_REFUSE);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Refused(context, context.arm().link(context.link()), new LongAdder());
    }

    private record Refused(Inject context, LinkHandle handle, LongAdder failures) implements LinkInjection {
        private boolean keeps() {
            return context.spec().parameter("existing").text().equals(KEEP);
        }

        @Override
        public String requested() {
            return handle.link() + " refuses connections and " + (keeps() ? "keeps" : "ends") + " open ones";
        }

        @Override
        public Disturbance disturbance() {
            return new Disturbance.Refuse(keeps());
        }

        @Override
        public void exchanged(LinkSample sample) {
            if (sample.status() == 0 && sample.link().equals(handle.link())) {
                failures.increment();
            }
        }

        @Override
        public String achieved() {
            return "refused; " + failures.sum() + " exchanges broken on the link (refused connections leave no trace)";
        }
    }
}
