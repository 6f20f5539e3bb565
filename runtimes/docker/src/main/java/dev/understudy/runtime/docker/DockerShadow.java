package dev.understudy.runtime.docker;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.engine.EngineWork;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Two arms in an engine. Thread-safe.
final class DockerShadow implements Shadow {
    private final Timeline timeline;
    private final EngineWork work;
    private final Map<ArmName, DockerArm> arms;
    private final Copied copied;
    private final LinkProgram program;
    private final EffectLog.Effect effect;
    private final AtomicBoolean disposed = new AtomicBoolean();

    DockerShadow(
            Timeline timeline,
            EngineWork work,
            Map<ArmName, DockerArm> arms,
            Copied copied,
            LinkProgram program,
            EffectLog.Effect effect) {
        this.timeline = timeline;
        this.work = work;
        this.arms = new EnumMap<>(arms);
        this.copied = copied;
        this.program = program;
        this.effect = effect;
    }

    @Override
    public DockerArm arm(ArmName name) {
        return Objects.requireNonNull(arms.get(name));
    }

    @Override
    public Copied copied() {
        return copied;
    }

    @Override
    public List<Probe> probe() {
        return inBoth("probe", arm -> new ArmProbes(arm.rooms(), arm.visitors(), program).run()).stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void start() {
        List<String> unhealthy = inBoth("start", DockerArm::startAll).stream()
                .flatMap(List::stream)
                .toList();
        if (!unhealthy.isEmpty()) {
            throw new EnvironmentException("the shadow did not come up:\n" + String.join("\n", unhealthy));
        }
    }

    @Override
    public void reset() {
        inBoth("reset", arm -> {
            arm.reset();
            return true;
        });
    }

    private <T> List<T> inBoth(String what, Function<DockerArm, T> task) {
        List<Timeline.Fork<T>> forks = arms.values().stream()
                .map(arm -> timeline.fork(what + " " + arm.name(), () -> task.apply(arm)))
                .toList();
        DockerRuntime.joinAll(forks);
        return forks.stream().map(Timeline.Fork::join).toList();
    }

    @Override
    public List<String> dispose() {
        if (disposed.getAndSet(true)) {
            return work.made().stream().map(Object::toString).toList();
        }
        arms.values().forEach(DockerArm::close);
        List<String> left = work.sweep();
        effect.undone(left.isEmpty());
        return left;
    }
}
