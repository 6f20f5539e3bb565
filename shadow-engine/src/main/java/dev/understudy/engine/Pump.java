package dev.understudy.engine;

import java.time.Duration;

/// Keeps taking over what the traffic source has, so that its own bounded buffer never fills while arms
/// start or reset.
final class Pump {
    private static final Duration EVERY = Duration.ofMillis(50);

    private volatile boolean closed;

    Pump(RunLog log, TrafficLog traffic) {
        log.timeline().fork("traffic", () -> {
            while (!closed) {
                traffic.drain();
                log.timeline().await(() -> closed, log.now() + EVERY.toNanos());
            }
            return true;
        });
    }

    /// Takes over nothing more.
    void stop() {
        closed = true;
    }
}
