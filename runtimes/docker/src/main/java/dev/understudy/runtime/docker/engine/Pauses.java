package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.time.Duration;

/// Waits before the engine is asked once more.
final class Pauses {
    private static final Duration SHORT = Duration.ofMillis(20);

    private Pauses() {}

    static void shortly() {
        of(SHORT);
    }

    /// @throws EnvironmentException if the caller is interrupted
    static void of(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while waiting for the engine", e);
        }
    }
}
