package dev.understudy.runtime.process;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Two process arms and the directory they live in. Thread-safe.
final class ProcessShadow implements Shadow {
    private final Timeline timeline;
    private final Roster roster;
    private final Map<ArmName, ProcessArm> arms;
    private final Copied copied;
    private final Function<ProcessArm, List<Probe>> probes;
    private final EffectLog.Effect effect;
    private final AtomicBoolean disposed = new AtomicBoolean();

    ProcessShadow(
            Timeline timeline,
            Roster roster,
            Map<ArmName, ProcessArm> arms,
            Copied copied,
            Function<ProcessArm, List<Probe>> probes,
            EffectLog.Effect effect) {
        this.timeline = timeline;
        this.roster = roster;
        this.arms = new EnumMap<>(arms);
        this.copied = copied;
        this.probes = probes;
        this.effect = effect;
    }

    @Override
    public ProcessArm arm(ArmName name) {
        return Objects.requireNonNull(arms.get(name));
    }

    /// Where all of it is.
    Path directory() {
        return roster.directory();
    }

    @Override
    public Copied copied() {
        return copied;
    }

    @Override
    public List<Probe> probe() {
        return inBoth("probe", probes).stream().flatMap(List::stream).toList();
    }

    @Override
    public void start() {
        List<String> unhealthy = inBoth("start", ProcessArm::startAll).stream()
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

    private <T> List<T> inBoth(String what, Function<ProcessArm, T> task) {
        List<Timeline.Fork<T>> forks = arms.values().stream()
                .map(arm -> timeline.fork(what + " " + arm.name(), () -> task.apply(arm)))
                .toList();
        return forks.stream().map(Timeline.Fork::join).toList();
    }

    @Override
    public List<String> dispose() {
        if (disposed.getAndSet(true)) {
            return left();
        }
        RuntimeException failure = null;
        for (ProcessArm arm : arms.values()) {
            try {
                arm.dispose();
            } catch (RuntimeException e) {
                failure = e; // the rest is removed first
            }
        }
        FileTree.deleteQuietly(roster.directory());
        List<String> left = left();
        effect.undone(left.isEmpty());
        if (failure != null) {
            throw failure;
        }
        return left;
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        Path directory = roster.directory();
        if (Files.exists(directory)) {
            left.add("directory " + directory);
        }
        arms.values()
                .forEach(arm -> arm.walls().inhabitants().forEach(process -> left.add("process " + process.pid())));
        return List.copyOf(left);
    }
}
