package dev.understudy.cli;

import dev.understudy.runtime.Timeline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What Ctrl-C and SIGTERM do: the run under way is told to unwind, and the process ends when that is done,
/// with the code it
/// then has. A second signal changes nothing; after SIGKILL the next start cleans up.
final class Interrupts {
    /// A shadow that isn't gone by then is removed by the next start.
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final AtomicReference<@Nullable Timeline> RUNNING = new AtomicReference<>();
    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile Consumer<String> say = System.err::println;
    private static volatile Duration within = PATIENCE;
    private static volatile int code = ExitCode.INTERRUPTED.code();

    private Interrupts() {}

    /// From now on, until [#calm], a signal interrupts `timeline`.
    static void reach(Timeline timeline) {
        reach(timeline, PATIENCE);
    }

    /// The same, with another time to unwind in.
    static void reach(Timeline timeline, Duration patience) {
        within = patience;
        say = System.err::println;
        RUNNING.set(timeline);
        if (!INSTALLED.getAndSet(true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(Interrupts::signalled, "interrupt"));
        }
    }

    /// What a signal has to say goes there, until the next [#reach].
    static void speakThrough(Consumer<String> voice) {
        say = voice;
    }

    /// Nothing is under way any more; an exit is an ordinary one.
    static void calm() {
        if (!STOPPING.get()) {
            say = System.err::println;
            RUNNING.set(null);
        }
    }

    /// Whether a signal has come while something was under way.
    static boolean isStopping() {
        return STOPPING.get();
    }

    /// Everything has unwound; the process may end with this code.
    static void finished(int exitCode) {
        code = exitCode;
        FINISHED.countDown();
    }

    private static void signalled() {
        Timeline timeline = RUNNING.get();
        if (timeline == null) {
            return;
        }
        STOPPING.set(true);
        say.accept("understudy: stopping; the shadow is being removed");
        timeline.interrupt();
        try {
            if (!FINISHED.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println(
                        "understudy: not everything could be removed in time; 'understudy clean' does the rest");
                code = ExitCode.LEFT_BEHIND.code();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
