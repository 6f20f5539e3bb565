package dev.understudy.deviation;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EffectLog.Effect;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Failures;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.DeviationSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// One deviation on one arm, from waiting to gone:
///
/// ```
///  WAITING ─begin─▶ BEGINNING ─▶ ACTING ─end─▶ ENDING ─▶ OVER
///     └────────────────────end───────────────────────────▶┘
/// ```
///
/// The intent is on disk before anything is changed; a beginning that failed half way is undone like any other.
/// Thread-safe.
final class Episode {
    /// How long an undo that doesn't show is tried again.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private enum State {
        WAITING,
        BEGINNING,
        ACTING,
        ENDING,
        OVER
    }

    private final Inject context;
    private final DeviationKind kind;
    private final Timeline timeline;
    private final EffectLog effects;
    private final DeviationSimulator.Listener listener;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile Begun begun = Begun.NOTHING;
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean left;

    /// What has to be undone.
    private record Begun(Optional<Injection> injection, Effect effect, boolean told) {
        private static final Begun NOTHING = new Begun(Optional.empty(), _ -> {}, false);
    }

    Episode(
            Inject context,
            DeviationKind kind,
            Timeline timeline,
            EffectLog effects,
            DeviationSimulator.Listener listener) {
        this.context = context;
        this.kind = kind;
        this.timeline = timeline;
        this.effects = effects;
        this.listener = listener;
    }

    DeviationSpec spec() {
        return context.spec();
    }

    boolean isOver() {
        return state.get() == State.OVER;
    }

    /// Begins, unless it was ended before.
    void begin() {
        if (!state.compareAndSet(State.WAITING, State.BEGINNING)) {
            return;
        }
        try {
            inject();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            state.set(State.ACTING);
        }
        if (failure.isPresent()) {
            end();
        }
    }

    private void inject() {
        Injection injection = kind.prepare(context);
        Effect effect = effects.intend(name() + ": " + injection.requested(), injection.undoing());
        begun = new Begun(Optional.of(injection), effect, false);
        injection.begin();
        begun = new Begun(Optional.of(injection), effect, true);
        listener.began(spec(), arm(), injection.requested());
    }

    /// Ends and verifies that nothing is left; returns when that is done, whoever does it.
    void end() {
        if (state.compareAndSet(State.WAITING, State.OVER)) {
            return;
        }
        timeline.shielded(() -> {
            timeline.await(() -> state.get() != State.BEGINNING, Long.MAX_VALUE);
            if (state.compareAndSet(State.ACTING, State.ENDING)) {
                try {
                    begun.injection().ifPresent(this::undo);
                } finally {
                    state.set(State.OVER);
                }
            }
            timeline.await(this::isOver, Long.MAX_VALUE);
        });
    }

    private void undo(Injection injection) {
        boolean verified = undone(injection);
        left = !verified;
        begun.effect().undone(verified);
        if (begun.told()) {
            listener.ended(spec(), arm(), injection.achieved(), verified);
        }
    }

    private boolean undone(Injection injection) {
        long deadline = timeline.now() + PATIENCE.toNanos();
        while (true) {
            if (tryToUndo(injection)) {
                return true;
            }
            if (timeline.now() >= deadline) {
                return false;
            }
            timeline.sleep(BETWEEN_TRIES);
        }
    }

    private boolean tryToUndo(Injection injection) {
        try {
            injection.undo();
            return injection.isGone();
        } catch (EnvironmentException maybeLater) {
            return false;
        } catch (RuntimeException bug) {
            failure = Optional.of(bug); // the other deviations have to end all the same
            return false;
        }
    }

    void exchanged(LinkSample sample) {
        if (state.get() == State.ACTING && sample.arm() == arm()) {
            begun.injection().ifPresent(injection -> injection.exchanged(sample));
        }
    }

    /// What could not be undone, in words.
    Optional<String> leftover() {
        return left ? Optional.of(name() + " is not verifiably gone") : Optional.empty();
    }

    /// Throws what kept it from beginning, once.
    void rethrow() {
        Optional<RuntimeException> thrown = failure;
        failure = Optional.empty();
        thrown.ifPresent(e -> {
            throw Failures.unchecked(e);
        });
    }

    private ArmName arm() {
        return context.arm().name();
    }

    private String name() {
        return "deviation '" + spec().id() + "' (" + spec().kind() + ") on " + arm();
    }
}
