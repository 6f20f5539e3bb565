package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The time in which the owners of some data are stopped, guarded from before its first moment. Not
/// thread-safe.
final class Pause implements AutoCloseable {
    private static final Duration SIGNAL = Duration.ofSeconds(5);
    private static final long GLANCE_NANOS = 200_000;

    private final List<Owner> owners;
    private final PauseGuard guard;
    private final long began;
    private final long deadline;
    private @Nullable Duration lasted;

    private Pause(List<Owner> owners, PauseGuard guard, Duration limit) {
        this.owners = owners;
        this.guard = guard;
        began = System.nanoTime();
        deadline = began + limit.toNanos();
    }

    /// Arms the guard, stops all owners and returns when every thread of them stands still.
    /// @throws EnvironmentException if one is not the process it was, is stopped already, or
    ///     doesn't stop in time
    static Pause begin(List<Owner> owners, Duration limit) {
        for (Owner owner : owners) {
            if (!owner.isThere()) {
                throw new EnvironmentException("process " + owner.pid() + " is no longer the one that owns the data");
            }
            if (owner.isStopped()) {
                throw new EnvironmentException(
                        "process " + owner.pid() + " is stopped already, by somebody else; it is left alone");
            }
        }
        Pause pause = new Pause(owners, PauseGuard.arm(owners, limit), limit);
        try {
            pause.signal("-STOP");
            pause.awaitStopped();
            return pause;
        } catch (RuntimeException e) {
            pause.close();
            throw e;
        }
    }

    /// Whether the time is up, so that going on makes no sense.
    boolean isOver() {
        return System.nanoTime() >= deadline;
    }

    /// Whether every owner has stood still until now: nobody else, the guard included, has let one
    /// go.
    boolean stillHolds() {
        return owners.stream().allMatch(Owner::isStopped);
    }

    /// Lets the owners go and tells how long they were held.
    Duration end() {
        Duration known = lasted;
        if (known != null) {
            return known;
        }
        signal("-CONT");
        Duration measured = Duration.ofNanos(System.nanoTime() - began);
        lasted = measured;
        return measured;
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            guard.close();
        }
    }

    private void awaitStopped() {
        while (!stillHolds()) {
            if (isOver()) {
                throw new EnvironmentException("the owners of the data (" + owners + ") did not stop in time");
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /// Only processes that are still the same: a number may have gone to another one meanwhile.
    private void signal(String signal) {
        // the shell's own kill: minimal systems have no program of that name
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill \"$@\"", "kill", signal));
        List<String> there = owners.stream()
                .filter(Owner::isThere)
                .map(owner -> Long.toString(owner.pid()))
                .toList();
        if (!there.isEmpty()) {
            command.addAll(there);
            Program.run(command, SIGNAL);
        }
    }
}
