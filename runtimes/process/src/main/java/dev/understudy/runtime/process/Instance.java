package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// One running instance of a service in an arm. Started once, ended once; thread-safe.
final class Instance {
    private static final Duration STANDSTILL = Duration.ofSeconds(1);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final String service;
    private final int index;
    private final Optional<InetSocketAddress> at;
    private final Release release;
    private final String digest;
    private final Path log;
    private final Process started;
    private final ProcessHandle process;
    private final String mark;
    private volatile boolean ending;

    private Instance(
            String service,
            int index,
            Optional<InetSocketAddress> at,
            Release release,
            String digest,
            Path log,
            Process started,
            ProcessHandle process) {
        this.service = service;
        this.index = index;
        this.at = at;
        this.release = release;
        this.digest = digest;
        this.log = log;
        this.started = started;
        this.process = process;
        this.mark = ProcessId.of(process.pid()).map(ProcessId::toString).orElse(process.pid() + "@gone");
    }

    /// Starts it inside `walls`; `exited` is told the exit code if it ends without having been asked to.
    static Instance start(
            Enclosure walls,
            String service,
            int index,
            Optional<InetSocketAddress> at,
            Release release,
            String digest,
            Commands commands,
            Path log,
            IntConsumer exited) {
        try {
            Process started = commands.start(walls.enter(commands.directory(), commands.words()), log);
            Instance instance = new Instance(service, index, at, release, digest, log, started, walls.unwrap(started));
            Thread.ofVirtual().name("exit of " + service).start(() -> instance.awaitExit(exited));
            return instance;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "service '" + service + "': can't start " + Digests.typed(commands.words()) + ": " + e.getMessage(),
                    e);
        }
    }

    private void awaitExit(IntConsumer exited) {
        try {
            int code = started.waitFor();
            if (!ending) {
                exited.accept(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String service() {
        return service;
    }

    int index() {
        return index;
    }

    /// Where it listens, if it does.
    Optional<InetSocketAddress> at() {
        return at;
    }

    Release release() {
        return release;
    }

    String digest() {
        return digest;
    }

    String mark() {
        return mark;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle process() {
        return process;
    }

    boolean isAlive() {
        return started.isAlive();
    }

    /// The end of what it printed.
    String output() {
        return OutputTail.of(log, 2_000);
    }

    /// Asks it to end, and after `grace` makes it; returns when it and all it started are gone.
    void stop(Duration grace) {
        ending = true;
        Optional<ProcessId> leader = ProcessId.parse(mark).filter(ProcessId::leadsItsSession);
        List<ProcessHandle> family = family();
        ProcessId.parse(mark).ifPresent(id -> id.signal("TERM"));
        if (!ended(grace)) {
            family.forEach(ProcessHandle::destroyForcibly);
            ended(LAST_WAIT);
        }
        family.forEach(ProcessHandle::destroyForcibly);
        leader.ifPresent(Instance::endRest);
    }

    /// Ends what it started at the last moment, which nobody descends from any more: it may hold the port that the
    /// next instance is to get.
    private static void endRest(ProcessId leader) {
        long deadline = System.nanoTime() + LAST_WAIT.toNanos();
        List<ProcessId> rest = leader.session();
        while (!rest.isEmpty() && System.nanoTime() < deadline) {
            rest.forEach(id -> id.signal("KILL"));
            rest.forEach(id -> id.hasEndedWithin(STANDSTILL));
            rest = leader.session();
        }
    }

    /// SIGKILL, as a fault: whoever watches is told.
    void kill() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        ended(Duration.ofSeconds(5));
    }

    /// SIGSTOP for it and all that it started, itself first so that it starts nothing more; returns when they stand
    /// still.
    void pause() {
        ProcessId.parse(mark).ifPresent(Instance::halt);
        descendants().forEach(Instance::halt);
    }

    private static void halt(ProcessId id) {
        id.signal("STOP");
        id.awaitStop(STANDSTILL);
    }

    /// SIGCONT for it and all that it started.
    void resume() {
        identities().forEach(id -> id.signal("CONT"));
    }

    /// Whether it, or anything that it started, stands still.
    boolean isPaused() {
        return identities().anyMatch(ProcessId::isStopped);
    }

    private Stream<ProcessId> identities() {
        return Stream.concat(ProcessId.parse(mark).stream(), descendants());
    }

    private Stream<ProcessId> descendants() {
        return process.descendants().flatMap(descendant -> ProcessId.of(descendant.pid()).stream());
    }

    /// From now on nobody is told when it ends.
    void expectEnd() {
        ending = true;
    }

    /// SIGKILL without telling anyone, if it still runs.
    void end() {
        expectEnd();
        if (process.isAlive()) {
            kill();
        } else {
            ended(Duration.ofSeconds(5));
        }
    }

    private List<ProcessHandle> family() {
        return java.util.stream.Stream.concat(process.descendants(), java.util.stream.Stream.of(process))
                .toList();
    }

    private boolean ended(Duration within) {
        try {
            return started.waitFor(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
