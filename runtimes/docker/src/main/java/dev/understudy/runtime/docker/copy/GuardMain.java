package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.docker.engine.LiveFreeze;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The process that makes sure that live goes on after a pause: started before it, and alive on its own when
/// the tool is killed.
///
/// ```
/// arguments: ADDRESS TLS-DIRECTORY|- MILLIS ID@CREATED …
/// it says    it hears           and then
/// armed      now                MILLIS begin to run
///            done               all go on if any does not, and it ends
///            (end, too late)  all go on, and are looked after for a while: a call to pause may be under way
/// ```
public final class GuardMain {
    /// The line that says that it is ready.
    public static final String ARMED = "armed";
    /// The line before the first container is paused.
    public static final String NOW = "now";
    /// The line after the last one went on.
    public static final String DONE = "done";

    private static final String END = "";
    private static final Duration LOOKED_AFTER = Duration.ofSeconds(2);
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final long GLANCE_MILLIS = 20;

    private GuardMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<LiveFreeze.Target> targets = Stream.of(arguments)
                .skip(3)
                .map(word -> word.split("@", 2))
                .map(parts -> new LiveFreeze.Target(parts[0], parts[1]))
                .toList();
        Optional<Path> tls = arguments[1].equals("-") ? Optional.empty() : Optional.of(Path.of(arguments[1]));
        try (LiveFreeze freeze = LiveFreeze.open(new EngineAddress(URI.create(arguments[0]), tls, "of the tool"))) {
            targets.forEach(freeze::requireRunning);
            guard(freeze, targets, Long.parseLong(arguments[2]));
        } catch (EnvironmentException e) {
            System.out.println("failed " + String.valueOf(e.getMessage()).replace('\n', ' '));
            System.exit(1);
        }
    }

    private static void guard(LiveFreeze freeze, List<LiveFreeze.Target> targets, long millis)
            throws InterruptedException {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> hear(heard));
        System.out.println(ARMED);
        if (!heard.take().equals(NOW)) {
            return; // nothing was paused
        }
        // a terminal's interrupt reaches the tool and this process alike
        Thread hook = new Thread(() -> letGo(freeze, targets));
        Runtime.getRuntime().addShutdownHook(hook);
        String word = heard.poll(millis, TimeUnit.MILLISECONDS);
        letGo(freeze, targets);
        if (!DONE.equals(word)) {
            lookAfter(freeze, targets);
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private static void hear(LinkedBlockingQueue<String> heard) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
            }
        } catch (IOException broken) {
            // the same as its end
        }
        heard.add(END);
    }

    /// All at once; what fails is tried again.
    private static void letGo(LiveFreeze freeze, List<LiveFreeze.Target> targets) {
        targets.parallelStream().forEach(target -> {
            for (long end = System.nanoTime() + AT_MOST.toNanos(); System.nanoTime() < end; ) {
                try {
                    freeze.unpause(target);
                    return;
                } catch (EnvironmentException notYet) {
                    pauseShortly();
                }
            }
        });
    }

    private static void lookAfter(LiveFreeze freeze, List<LiveFreeze.Target> targets) {
        for (long end = System.nanoTime() + LOOKED_AFTER.toNanos(); System.nanoTime() < end; ) {
            pauseShortly();
            letGo(freeze, targets);
        }
    }

    private static void pauseShortly() {
        try {
            Thread.sleep(GLANCE_MILLIS);
        } catch (InterruptedException goOn) {
            Thread.currentThread().interrupt();
        }
    }
}
