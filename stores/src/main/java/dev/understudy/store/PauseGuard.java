package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A process of its own session that makes sure that live goes on: it is armed before a pause, and
/// lets the owners go when the limit is over, or as soon as the tool closes the pipe or dies. A
/// process that has ended and whose number went to another one is left alone. Not thread-safe: one
/// a pause.
final class PauseGuard implements AutoCloseable {
    /// Arguments: the limit in seconds, then `pid:start` for every owner. Field 20 after the name
    /// is the start.
    private static final String SCRIPT = """
            limit=$1
            shift
            resume() {
              for owner in "$@"; do
                pid=${owner%%:*}
                stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
                set -f
                set -- ${stat##*) }
                set +f
                shift 19
                if [ "$1" = "${owner##*:}" ]; then kill -CONT "$pid" 2>/dev/null; fi
              done
            }
            (sleep "$limit"; resume "$@") </dev/null >/dev/null &
            timer=$!
            echo armed
            cat >/dev/null
            resume "$@"
            kill "$timer" 2>/dev/null
            exit 0
            """;

    private static final Duration END = Duration.ofSeconds(5);

    private final Process process;

    private PauseGuard(Process process) {
        this.process = process;
    }

    /// Arms the guard: when this returns, it is waiting.
    static PauseGuard arm(List<Owner> owners, Duration limit) {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "understudy-guard"));
        command.add(String.format(Locale.ROOT, "%.3f", limit.toMillis() / 1000.0));
        owners.forEach(owner -> command.add(owner.pid() + ":" + owner.startTicks()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Path.of("/dev/null").toFile())
                    .start();
            PauseGuard guard = new PauseGuard(process);
            guard.awaitArmed();
            return guard;
        } catch (IOException e) {
            throw new EnvironmentException("cannot arm the guard of the pause: " + e, e);
        }
    }

    private void awaitArmed() throws IOException {
        InputStream said = process.getInputStream();
        String word = new String(said.readNBytes("armed\n".length()), StandardCharsets.UTF_8);
        if (!word.equals("armed\n")) {
            close();
            throw new EnvironmentException("the guard of the pause did not start; it said '" + word + "'");
        }
    }

    /// Lets the owners go, if they are still held, and ends the guard.
    @Override
    public void close() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.flush();
        } catch (IOException guardIsGone) {
            // then it has done its work
        }
        if (!Program.waitFor(process, END)) {
            process.destroyForcibly();
        }
    }
}
