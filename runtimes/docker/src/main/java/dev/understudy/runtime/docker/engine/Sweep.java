package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Removes things of a run in the order that leaves nothing behind: containers at once, until they have gone;
/// then networks one after the other; then volumes; then images.
///
/// Networks take their time because engines as old as 20.10 lose track of a container's end of a network that
/// is removed while the container is: the network then "has active endpoints" until that engine is started
/// again.
///
/// @param work whose things they are
record Sweep(EngineWork work) {
    private static final int AT_ONCE = 8;
    private static final int TRIES = 5;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Goes on whatever fails.
    /// @return what is left, one line each with the engine's reason
    List<String> remove(List<Made> made) {
        List<String> containers = atOnce(of(made, Made.Kind.CONTAINER), this::container);
        List<String> networks = of(made, Made.Kind.NETWORK)
                .map(network -> tried(network, () -> network(network)))
                .flatMap(Optional::stream)
                .toList();
        List<String> volumes = atOnce(of(made, Made.Kind.VOLUME), volume -> {
            work.volumes().remove(volume);
            return Optional.empty();
        });
        List<String> images = of(made, Made.Kind.IMAGE)
                .map(image -> tried(image, () -> {
                    work.images().remove(image);
                    return Optional.empty();
                }))
                .flatMap(Optional::stream)
                .toList();
        return Stream.of(containers, networks, volumes, images)
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<Made> of(List<Made> made, Made.Kind kind) {
        return made.stream().filter(each -> each.kind() == kind);
    }

    private Optional<String> container(Made container) {
        work.containers().remove(container);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (work.containers().isStillThere(container)) {
            if (System.nanoTime() > deadline) {
                return Optional.of("the engine took its removal and still has it after " + PATIENCE.toSeconds() + " s");
            }
            Pauses.shortly();
        }
        return Optional.empty();
    }

    private Optional<String> network(Made network) {
        Reply reply = work.networks().removed(network);
        for (int tries = 1; isHeld(reply) && tries < TRIES; tries++) {
            work.networks().own(network).forEach(each -> work.networks().disconnected(network, each));
            Pauses.of(BETWEEN);
            reply = work.networks().removed(network);
        }
        if (reply.isFine() || reply.isNotThere()) {
            return Optional.empty();
        }
        return Optional.of(isHeld(reply) ? reply.reason() + "; 'docker network inspect' names them" : reply.reason());
    }

    private static boolean isHeld(Reply reply) {
        return !reply.isFine() && reply.reason().contains("active endpoints");
    }

    private static List<String> atOnce(Stream<Made> made, java.util.function.Function<Made, Optional<String>> removal) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Optional<String>>> running = made.map(
                            each -> threads.submit(() -> tried(each, () -> removal.apply(each))))
                    .toList();
            return running.stream().map(Sweep::ended).flatMap(Optional::stream).toList();
        }
    }

    private static Optional<String> ended(Future<Optional<String>> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a removal reports what fails and throws nothing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while things were being removed", e);
        }
    }

    private static Optional<String> tried(Made made, Callable<Optional<String>> removal) {
        try {
            return removal.call().map(reason -> made + ": " + reason);
        } catch (Exception e) {
            return Optional.of(made + ": " + e.getMessage());
        }
    }
}
