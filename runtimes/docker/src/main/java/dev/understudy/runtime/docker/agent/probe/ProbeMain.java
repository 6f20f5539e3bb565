package dev.understudy.runtime.docker.agent.probe;

import dev.understudy.runtime.docker.agent.probe.Attempt.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The program of a container that lives for a moment inside an arm and tries to get out of it in every way
/// that is ordered, all side by side. Reads attempts from its arguments, or from its standard input without
/// any; writes one line for each, in the same order, and ends with 0 whatever came of them.
///
/// `UNDERSTUDY_PROBE_MILLIS` may hold how long all of it may take (800).
public final class ProbeMain {
    /// What holds for how many milliseconds it tries.
    public static final String MILLIS = "UNDERSTUDY_PROBE_MILLIS";

    private static final int MOST = 1_000;

    private ProbeMain() {}

    /// Tries everything and ends the process: a look-up that hangs must not keep it.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String millis = System.getenv().getOrDefault(MILLIS, "800");
        Duration within = Duration.ofMillis(Long.parseLong(millis));
        List<Attempt> attempts = new ArrayList<>();
        for (String line : arguments.length > 0 ? List.of(arguments) : lines()) {
            attempts.add(Attempt.of(line));
        }
        if (attempts.size() > MOST) {
            throw new IllegalArgumentException(attempts.size() + " attempts at once");
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        tried(attempts, within).forEach(out::println);
        out.flush();
        System.exit(0);
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /// Looking a name up blocks a thread in the C library, so every attempt has a platform thread.
    private static List<String> tried(List<Attempt> attempts, Duration within) throws InterruptedException {
        Tries tries = new Tries(Path.of("/"), within);
        long deadline = System.nanoTime() + within.toNanos();
        List<FutureTask<Finding>> running = new ArrayList<>();
        for (Attempt attempt : attempts) {
            FutureTask<Finding> task = new FutureTask<>(() -> tries.make(attempt));
            running.add(task);
            Thread.ofPlatform().daemon().start(task);
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            Attempt attempt = attempts.get(i);
            lines.add(finding(attempt, running.get(i), deadline - System.nanoTime(), within)
                    .line(attempt));
        }
        return lines;
    }

    private static Finding finding(Attempt attempt, FutureTask<Finding> task, long left, Duration within)
            throws InterruptedException {
        try {
            return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String evidence = "nothing within " + within.toMillis() + " ms";
            boolean silenceHolds = attempt.kind() == Kind.CONNECT || attempt.kind() == Kind.REACH;
            return silenceHolds ? Finding.held(evidence) : Finding.leak(evidence);
        } catch (ExecutionException e) {
            return Finding.leak("could not be tried: " + e.getCause());
        }
    }
}
