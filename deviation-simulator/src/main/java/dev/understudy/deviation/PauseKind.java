package dev.understudy.deviation;

import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// All instances of a service stand still (SIGSTOP), as in a long garbage collection or a frozen virtual machine:
/// connections are taken by the kernel, and nothing answers. Then they go on (SIGCONT).
public final class PauseKind implements DeviationKind {
    @Override
    public KindSignature signature() {
        return new KindSignature(
                "pause",
                "All instances of a service stand still: connections are taken, and nothing answers.",
                Aim.SERVICE,
                List.of());
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.PROCESS_PAUSE);
    }

    @Override
    public Injection prepare(Inject context) {
        context.arm().release(context.service());
        return new Paused(context, new AtomicInteger());
    }

    private record Paused(Inject context, AtomicInteger stood) implements Injection {
        @Override
        public String requested() {
            return "all instances of " + context.service() + " stand still";
        }

        @Override
        public String undoing() {
            return "let " + context.service() + " go on (SIGCONT), or end it with its arm";
        }

        @Override
        public void begin() {
            context.arm().pause(context.service());
            stood.set(context.arm().paused(context.service()).size());
            if (stood.get() == 0) {
                throw new EnvironmentException(
                        context.arm().name() + ": no instance of " + context.service() + " stands still");
            }
        }

        @Override
        public void undo() {
            context.arm().resume(context.service());
        }

        @Override
        public boolean isGone() {
            return context.arm().paused(context.service()).isEmpty();
        }

        @Override
        public String achieved() {
            return "instances that stood still: " + stood.get();
        }
    }
}
