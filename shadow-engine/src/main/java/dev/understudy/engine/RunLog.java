package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.journal.Recorder;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Timeline;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The journal as the stages see it: it stamps events with the time and announces effects. Thread-safe.
final class RunLog implements EffectLog {
    private final Timeline timeline;
    private final Recorder recorder;
    private final AtomicLong effects = new AtomicLong();

    RunLog(Timeline timeline, Recorder recorder) {
        this.timeline = timeline;
        this.recorder = recorder;
    }

    Timeline timeline() {
        return timeline;
    }

    Recorder recorder() {
        return recorder;
    }

    long now() {
        return timeline.now();
    }

    void record(Event event) {
        recorder.record(timeline.now(), event);
    }

    /// Runs a stage between its two events; whatever ends it early is its outcome.
    <T> T stage(int trial, String name, Supplier<T> stage) {
        record(new Event.StageBegan(trial, name));
        String outcome = "interrupted";
        try {
            T result = stage.get();
            outcome = "done";
            return result;
        } catch (Timeline.Interruption e) {
            throw e;
        } catch (RuntimeException e) {
            outcome = String.valueOf(e.getMessage());
            throw e;
        } finally {
            record(new Event.StageEnded(trial, name, outcome));
        }
    }

    /// A stage without a result.
    void stage(int trial, String name, Runnable stage) {
        stage(trial, name, () -> {
            stage.run();
            return true;
        });
    }

    @Override
    public Effect intend(String what, String undo) {
        long id = effects.incrementAndGet();
        record(new Event.Intended(id, what, undo));
        return verified -> record(new Event.Undone(id, verified));
    }
}
