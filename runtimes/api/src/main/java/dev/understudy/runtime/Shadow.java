package dev.understudy.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Two arms that one run owns. `close` is [#dispose] without its answer.
public interface Shadow extends AutoCloseable {

    /// One of the two.
    Arm arm(ArmName name);

    /// How the copies were taken.
    Copied copied();

    /// Tries to get out of each arm in every way live could be harmed; each probe is one line of evidence.
    /// Called
    /// before services start.
    List<Probe> probe();

    /// Starts all services of both arms side by side and waits until they are healthy.
    /// @throws EnvironmentException naming every instance that isn't, with the end of its output
    void start();

    /// Back to the copies: services stopped, data restored, released versions forgotten, links calm. Nothing
    /// runs
    /// afterwards.
    void reset();

    /// Removes everything, whatever happened before; returns what is left, one line each. Idempotent.
    List<String> dispose();

    @Override
    default void close() {
        dispose();
    }

    /// How the copies were taken: when (`frozenAt` on the run's timeline; on the wall clock, epoch
    /// milliseconds, what
    /// live acknowledged before `sureInMillis` is in them and what began after `sureOutMillis` is not), bytes a
    /// service, and for how long what of live was paused.
    record Copied(
            long frozenAt,
            long sureInMillis,
            long sureOutMillis,
            Map<String, Long> bytes,
            Map<String, Duration> paused) {}

    /// One attempt to get out: what was tried, whether it was held back, what happened.
    record Probe(ArmName arm, String attempt, boolean held, String evidence) {}
}
