package dev.understudy.runtime.simulated;

import dev.understudy.runtime.EnvironmentException;
import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Virtual threads on a scheduler of one's own. JDK 25 has that only inside: a constructor of the builder of
/// virtual threads that takes the executor, reached with `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class SeededThreads {
    private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

    private SeededThreads() {}

    /// A builder whose threads run wherever `scheduler` runs what it is given.
    /// @throws EnvironmentException if this Java has no such builder or doesn't open it
    static Thread.Builder.OfVirtual on(Executor scheduler) {
        try {
            Constructor<?> builder = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return (Thread.Builder.OfVirtual) builder.newInstance(scheduler);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new EnvironmentException(
                    "virtual time needs " + BUILDER + "(Executor) as JDK 25 has it, opened with --add-opens"
                            + " java.base/java.lang=ALL-UNNAMED; this is Java " + java.lang.Runtime.version(),
                    e);
        }
    }
}
