package dev.understudy.runtime.process;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.scenario.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The notes system running as live, started once for all tests of a class; shadows of it are made as they like.
final class NotesLive implements AutoCloseable {
    final RealTimeline timeline = new RealTimeline();
    final Path directory;
    final Scenario scenario;
    final ProcessRuntime runtime;
    final ProcessLive live;
    private final AtomicInteger shadows = new AtomicInteger();

    private NotesLive(Path directory, boolean withDatabase, Optional<String> whyNotEnforced) {
        this.directory = directory;
        this.scenario = NotesScenario.in(directory, withDatabase);
        this.runtime = new ProcessRuntime(NotesScenario.workplace(directory), timeline, whyNotEnforced);
        this.live = (ProcessLive) runtime.discover(scenario.topology(), true, EffectLog.NONE);
    }

    /// On a host that is what it is.
    static NotesLive in(Path directory, boolean withDatabase) {
        return new NotesLive(directory, withDatabase, Namespaces.unavailable());
    }

    /// As on a host where nothing can be shut in.
    static NotesLive unwalled(Path directory, boolean withDatabase) {
        return new NotesLive(directory, withDatabase, Optional.of("this test says so"));
    }

    /// A shadow of it, not started.
    ProcessShadow shadow(Scenario of) {
        return (ProcessShadow) runtime.clone(request(of));
    }

    /// The request for the next shadow, or whatever else is made from live.
    ShadowRequest request(Scenario of) {
        return new ShadowRequest("notes-" + shadows.incrementAndGet(), live, of, timeline, EffectLog.NONE);
    }

    /// Whether `condition` holds before anybody would have lost patience.
    boolean eventually(java.util.function.BooleanSupplier condition) {
        return timeline.await(condition, timeline.now() + 20_000_000_000L);
    }

    @Override
    public void close() {
        live.close();
        runtime.close();
    }
}
