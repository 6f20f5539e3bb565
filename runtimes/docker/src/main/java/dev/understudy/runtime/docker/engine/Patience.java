package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for blocking work no longer than said. The work runs on a virtual thread of its own; interrupting that
/// closes the socket it waits on, which a socket's own time limit can't be relied on for: those of unix sockets
/// have none.
final class Patience {
    /// For streams, which last as long as what they tell of.
    static final Duration ENDLESS = Duration.ofDays(365);

    private Patience() {}

    /// @param what the work, for messages
    /// @throws IOException what the work threw
    /// @throws EnvironmentException if it takes longer or the caller is interrupted
    static <T> T within(Duration limit, String what, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name(what).start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new EnvironmentException(what + ": no answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new EnvironmentException(what + ": interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw unwrapped(cause == null ? e : cause);
        }
    }

    /// The transport wraps what the socket says into an exception that says nothing.
    private static IOException unwrapped(Throwable thrown) {
        return switch (thrown) {
            case IOException io -> io;
            case UncheckedIOException io -> new IOException(io.getCause());
            case EnvironmentException told -> throw told;
            case RuntimeException wrapper when wrapper.getCause() instanceof IOException io -> io;
            case RuntimeException other -> throw other;
            case Error error -> throw error;
            default -> new IOException(thrown);
        };
    }
}
