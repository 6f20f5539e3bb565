package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.copy.GuardMain;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.docker.engine.LiveFreeze;
import dev.understudy.store.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A process of our own that lets live go on when a pause takes too long, or as soon as this process dies. It
/// is armed before anything is paused. Not thread-safe: one a pause.
final class PauseGuard implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(10);

    private final Process process;

    private PauseGuard(Process process) {
        this.process = process;
    }

    /// Starts it; when this returns it is waiting.
    /// @throws EnvironmentException if it can't be had, or one of them can't be paused
    static PauseGuard arm(EngineAddress address, List<LiveFreeze.Target> targets, Duration limit) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GuardMain.class.getName(),
                address.uri().toString(),
                address.tls().map(Path::toString).orElse("-"),
                Long.toString(limit.toMillis())));
        targets.forEach(target -> command.add(target.id() + "@" + target.created()));
        try {
            PauseGuard guard = new PauseGuard(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
            guard.awaitArmed();
            return guard;
        } catch (IOException e) {
            throw new EnvironmentException("the guard of the pause can't be armed, so nothing is paused: " + e, e);
        }
    }

    private void awaitArmed() throws IOException {
        // it has a time limit of its own for the engine's answer
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String word = said.readLine();
        if (!GuardMain.ARMED.equals(word)) {
            process.destroyForcibly();
            throw new EnvironmentException("the guard of the pause did not start, so nothing is paused; it said '"
                    + String.valueOf(word).replaceFirst("^failed ", "") + "'");
        }
    }

    /// Its time begins.
    /// @throws EnvironmentException if it has gone
    void now() {
        say(GuardMain.NOW);
        if (!process.isAlive()) {
            throw new EnvironmentException("the guard of the pause has gone, so nothing is paused");
        }
    }

    /// All have gone on.
    void done() {
        say(GuardMain.DONE);
    }

    private void say(String word) {
        try {
            OutputStream pipe = process.getOutputStream();
            pipe.write((word + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            throw new EnvironmentException("the guard of the pause does not hear '" + word + "': " + e, e);
        }
    }

    /// If nothing else was said it lets all go on.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException guardIsGone) {
            // then it has done its work
        }
        Program.waitFor(process, END);
    }
}
