package dev.understudy.deviation;

import dev.understudy.runtime.Capability;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import java.util.List;
import java.util.Set;

/// All instances of a service are killed at once (SIGKILL). At the end of the deviation they are started again,
/// unless somebody has given the service another release meanwhile: then it isn't ours any more.
public final class KillKind implements DeviationKind {
    @Override
    public KindSignature signature() {
        return new KindSignature(
                "kill",
                "All instances of a service are killed at once and stay away until the deviation ends.",
                Aim.SERVICE,
                List.of());
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.PROCESS_KILL);
    }

    @Override
    public Injection prepare(Inject context) {
        return new Killed(context, context.arm().release(context.service()));
    }

    private static final class Killed implements Injection {
        private final Inject context;
        private final Release release;
        private volatile long killed;

        private Killed(Inject context, Release release) {
            this.context = context;
            this.release = release;
        }

        @Override
        public String requested() {
            return "all instances of " + context.service() + " killed";
        }

        @Override
        public String undoing() {
            return "start " + context.service() + " " + release.version() + " again if it is not healthy";
        }

        @Override
        public void begin() {
            killed = instances().stream().filter(InstanceState::healthy).count();
            context.arm().kill(context.service());
        }

        @Override
        public void undo() {
            if (!isGone()) {
                context.arm().deploy(context.service(), release);
            }
        }

        @Override
        public boolean isGone() {
            boolean anotherRelease = !context.arm().release(context.service()).equals(release);
            return anotherRelease || instances().stream().allMatch(InstanceState::healthy);
        }

        @Override
        public String achieved() {
            return "healthy instances killed: " + killed;
        }

        private List<InstanceState> instances() {
            return context.arm().instances().stream()
                    .filter(instance -> instance.service().equals(context.service()))
                    .toList();
        }
    }
}
