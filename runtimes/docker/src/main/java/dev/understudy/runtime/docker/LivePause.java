package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.docker.engine.LiveFreeze;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Stops containers of live for a moment, so that files which nobody knows more of can be copied: only if the
/// scenario says for how long at most, and never without a guard that ends it whatever becomes of this process.
///
/// @param most what the scenario allows; nothing if it allows none
record LivePause(Optional<Duration> most, EngineAddress address) {
    private static final Duration MARGIN = Duration.ofMillis(60);

    /// Whether there may be one.
    boolean isAllowed() {
        return most.filter(pause -> !pause.isZero()).isPresent();
    }

    /// Gets everything ready for a pause of these, and pauses nothing yet.
    /// @throws EnvironmentException if none is allowed, or one of them can't be paused
    Armed arm(List<LiveContainer> containers) {
        Duration limit = most.orElseThrow(
                () -> new EnvironmentException("live may not be paused: the scenario sets no shadow.maxPause"));
        List<LiveFreeze.Target> targets = containers.stream()
                .map(container -> new LiveFreeze.Target(container.id(), container.created()))
                .toList();
        // the call that lets them go on takes time too
        Duration margin = limit.dividedBy(4).compareTo(MARGIN) < 0 ? limit.dividedBy(4) : MARGIN;
        LiveFreeze freeze = LiveFreeze.open(address);
        try {
            PauseGuard guard = PauseGuard.arm(address, targets, limit.minus(margin));
            return new Armed(freeze, guard, targets, limit, limit.minus(margin));
        } catch (RuntimeException e) { // nothing is paused yet: the connection goes and it is passed on
            freeze.close();
            throw e;
        }
    }

    /// A pause that can begin. For one pause.
    ///
    /// @param used after how much of `most` a copy that isn't complete is given up
    record Armed(LiveFreeze freeze, PauseGuard guard, List<LiveFreeze.Target> targets, Duration most, Duration used)
            implements AutoCloseable {

        /// Runs `task` while they stand still; returns for how long they did, the calls to the engine counted
        /// in.
        ///
        /// @param task is given what tells whether its time is over
        /// @throws EnvironmentException if it took longer than allowed: then they went on before its end
        Duration during(Consumer<BooleanSupplier> task) {
            guard.now();
            long began = System.nanoTime();
            boolean whole;
            try {
                all(freeze::pause);
                task.accept(() -> System.nanoTime() - began >= used.toNanos());
                whole = System.nanoTime() - began < used.toNanos()
                        && targets.stream().allMatch(freeze::isPaused);
            } finally {
                all(freeze::unpause);
            }
            Duration paused = Duration.ofNanos(System.nanoTime() - began);
            guard.done();
            if (!whole) {
                throw new EnvironmentException("the copy took longer than the pause allowed: within " + most.toMillis()
                        + " ms live went on and the copy was thrown away");
            }
            return paused;
        }

        /// All at once, so that they stand still from nearly the same moment on; returns when each is done
        /// with.
        private void all(Consumer<LiveFreeze.Target> what) {
            List<RuntimeException> failures = new CopyOnWriteArrayList<>();
            List<Thread> threads = targets.stream()
                    .map(target -> Thread.ofVirtual().start(() -> {
                        try {
                            what.accept(target);
                        } catch (RuntimeException e) { // thrown below, once the others are done
                            failures.add(e);
                        }
                    }))
                    .toList();
            threads.forEach(Armed::join);
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }

        /// An interrupt does not keep live standing still.
        private static void join(Thread thread) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            guard.close();
            freeze.close();
        }
    }
}
