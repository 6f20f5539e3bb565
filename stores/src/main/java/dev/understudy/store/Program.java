package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A short-lived child process: arguments as a list, no shell. Blocking, stateless, safe from any
/// thread.
public final class Program {
    private static final int SHOWN = 4000;

    private Program() {}

    /// How it ended and what it printed on either stream (the last 4,000 characters).
    public record Ended(int exitCode, String output) {}

    /// Runs `command` to its end. PostgreSQL's own variables are taken out of the environment, so
    /// that what a user has set for `psql` does not leak into what we start.
    /// @throws EnvironmentException if it cannot be started or does not end within `limit` (then it
    ///     is killed)
    public static Ended run(List<String> command, Duration limit) {
        Path output = null;
        try {
            output = Scratch.file("out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            return new Ended(exitCode(builder, limit, output), tail(output));
        } catch (IOException e) {
            throw new EnvironmentException("cannot run '" + Secrets.typed(command) + "': " + e.getMessage(), e);
        } finally {
            FileTree.deleteQuietly(output);
        }
    }

    /// All that `command` prints on its standard output, as UTF-8; what it says on the other stream is only told
    /// if it fails.
    /// @throws EnvironmentException like [#run], and for an exit code other than 0
    public static String printed(List<String> command, Duration limit) {
        Path output = null;
        Path complaints = null;
        try {
            output = Scratch.file("out");
            complaints = Scratch.file("err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(complaints.toFile());
            int code = exitCode(builder, limit, complaints);
            if (code != 0) {
                throw failed(command, new Ended(code, tail(complaints)));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new EnvironmentException("cannot run '" + Secrets.typed(command) + "': " + e.getMessage(), e);
        } finally {
            FileTree.deleteQuietly(output);
            FileTree.deleteQuietly(complaints);
        }
    }

    private static int exitCode(ProcessBuilder builder, Duration limit, Path said) throws IOException {
        Process process =
                cleaned(builder).redirectInput(Path.of("/dev/null").toFile()).start();
        if (!waitFor(process, limit)) {
            process.destroyForcibly();
            throw new EnvironmentException("'" + Secrets.typed(builder.command()) + "' did not end within "
                    + limit.toMillis() + " ms; it printed: " + Secrets.hiddenIn(tail(said)));
        }
        return process.exitValue();
    }

    /// Like [#run], but an exit code other than 0 is the environment's fault.
    public static String require(List<String> command, Duration limit) {
        Ended ended = run(command, limit);
        if (ended.exitCode() != 0) {
            throw failed(command, ended);
        }
        return ended.output();
    }

    private static EnvironmentException failed(List<String> command, Ended ended) {
        return new EnvironmentException("'" + Secrets.typed(command) + "' ended with exit code " + ended.exitCode()
                + ": " + Secrets.hiddenIn(ended.output()));
    }

    /// The same builder without the `PG…` variables of this process and with messages in English.
    public static ProcessBuilder cleaned(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /// Whether `process` ended within `limit`.
    public static boolean waitFor(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while waiting for process " + process.pid(), e);
        }
    }

    /// The last 4,000 characters of a file, or why it cannot be read.
    public static String tail(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }
}
