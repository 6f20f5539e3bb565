package dev.understudy.runtime.process;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// What a shadow is measured against: as many copies of the same services, as anybody would start them without this
/// tool. Ordinary processes of the host at ordinary weight, no walls, no links, no order; their data lies ready.
///
/// A service that ends before all that it calls is ready is started again, as a supervisor would; one that ends
/// later has failed. Thread-safe.
public final class PlainStart implements AutoCloseable {
    private final Roster roster;
    private final List<PlainCopy> copies;
    private final EffectLog.Effect effect;

    PlainStart(Roster roster, List<PlainCopy> copies, EffectLog.Effect effect) {
        this.roster = roster;
        this.copies = List.copyOf(copies);
        this.effect = effect;
    }

    /// Starts everything at once and returns when every health check answers. To be called once.
    /// @throws EnvironmentException naming the first service that doesn't come up, with the end of its output
    /// @throws Timeline.Interruption if the timeline is interrupted meanwhile; nothing more is started then
    public void start() {
        List<Timeline.Fork<Boolean>> starting =
                copies.stream().map(PlainCopy::start).flatMap(List::stream).toList();
        RuntimeException failure = null;
        for (Timeline.Fork<Boolean> fork : starting) {
            try {
                fork.join();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    List<PlainCopy> copies() {
        return copies;
    }

    Roster roster() {
        return roster;
    }

    /// Ends all that was started, and removes its data.
    /// @throws EnvironmentException naming what is left, if something is
    @Override
    public void close() {
        copies.forEach(PlainCopy::close);
        FileTree.deleteQuietly(roster.directory());
        List<String> left = left();
        effect.undone(left.isEmpty());
        if (!left.isEmpty()) {
            throw new EnvironmentException("not removed: " + String.join(", ", left));
        }
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        if (Files.exists(roster.directory())) {
            left.add("directory " + roster.directory());
        }
        copies.stream()
                .flatMap(copy -> copy.inhabitants().stream())
                .map(process -> "process " + process.pid())
                .forEach(left::add);
        return List.copyOf(left);
    }
}
