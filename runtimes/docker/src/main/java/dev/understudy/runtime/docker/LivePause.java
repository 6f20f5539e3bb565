package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.LiveContainer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops containers of live for a moment, so that files which nobody knows more of can be copied: only if the scenario
/// says for how long at most, and never without a guard that ends it whatever becomes of this process.
interface LivePause {
    /// No pause is allowed.
    LivePause NEVER = new LivePause() {
        @Override
        public boolean isAllowed() {
            return false;
        }

        @Override
        public Duration during(List<LiveContainer> containers, Runnable task) {
            throw new EnvironmentException("live may not be paused: the scenario sets no shadow.maxPause");
        }
    };

    /// Whether there may be one.
    boolean isAllowed();

    /// Runs `task` while they stand still; returns for how long they did.
    /// @throws EnvironmentException if it took longer than allowed: then they went on before its end
    Duration during(List<LiveContainer> containers, Runnable task);

    /// What the scenario allows.
    static LivePause of(Optional<Duration> most, PauseGuard guard) {
        return most.filter(pause -> !pause.isZero())
                .<LivePause>map(pause -> new Guarded(pause, guard))
                .orElse(NEVER);
    }

    /// Who pauses and lets go on.
    interface PauseGuard {
        /// Pauses all, and makes sure that they go on after `most` at the latest; returns what ends the pause and
        /// says how long it was.
        Held hold(List<LiveContainer> containers, Duration most);
    }

    /// A pause that goes on.
    interface Held extends AutoCloseable {
        /// Ends it; returns for how long they stood still.
        Duration end();

        @Override
        default void close() {
            end();
        }
    }

    /// A pause of at most `most`.
    record Guarded(Duration most, PauseGuard guard) implements LivePause {
        @Override
        public boolean isAllowed() {
            return true;
        }

        @Override
        public Duration during(List<LiveContainer> containers, Runnable task) {
            Duration paused;
            try (Held held = guard.hold(containers, most)) {
                task.run();
                paused = held.end();
            }
            if (paused.compareTo(most) > 0) {
                throw new EnvironmentException("the copy took longer than the pause allowed: after "
                        + paused.toMillis() + " ms of at most " + most.toMillis()
                        + " ms live went on and the copy was thrown away");
            }
            return paused;
        }
    }
}
