package dev.understudy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The notes system of the tutorial as a live system of its own, under a steady load that counts its failures.
final class NotesLive implements AutoCloseable {
    private final Path directory;
    private final List<Process> services = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean closed;

    private NotesLive(Path directory) {
        this.directory = directory;
    }

    /// Puts its files into `directory`, with a recorded day of `seconds` at 20 requests a second.
    static Path files(Path directory, int seconds) throws IOException {
        Files.createDirectories(directory.resolve("data"));
        for (String file : List.of("store.pl", "front.pl", "topology.yaml")) {
            Files.copy(Tool.ROOT.resolve("docs/tutorial/notes").resolve(file), directory.resolve(file));
        }
        for (String file : List.of("scenario.yaml", "baseline.json")) {
            try (InputStream in = Objects.requireNonNull(NotesLive.class.getResourceAsStream("/notes/" + file))) {
                Files.copy(in, directory.resolve(file));
            }
        }
        Files.writeString(directory.resolve("data/seed-1.txt"), "there from the start");
        Files.writeString(directory.resolve("day.jsonl"), RecordedDay.of(seconds, 20, "notes", "text"));
        return directory;
    }

    /// Starts the services and the load.
    static NotesLive start(Path directory) throws IOException {
        NotesLive live = new NotesLive(directory);
        live.run(Map.of("PORT", "18461", "DATA_DIR", directory.resolve("data").toString()), "store.pl", "1.0");
        live.run(Map.of("PORT", "18460", "STORE", "127.0.0.1:18461"), "front.pl");
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!live.ask() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }
        Thread.ofPlatform().daemon().name("load").start(live::load);
        return live;
    }

    private void run(Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "perl"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().putAll(environment);
        services.add(builder.start());
    }

    private void load() {
        while (!closed) {
            sent.incrementAndGet();
            if (!ask()) {
                failed.incrementAndGet();
            }
            LockSupport.parkNanos(40_000_000);
        }
    }

    private boolean ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:18460/notes/seed-1").toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(5_000);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("there from the start");
            }
        } catch (IOException broken) {
            return false;
        }
    }

    int sent() {
        return sent.get();
    }

    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        closed = true;
        services.forEach(service -> {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly();
        });
    }
}
