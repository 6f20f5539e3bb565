package dev.understudy.runtime.docker.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The engine's events as they come, until this is closed or the engine goes. Thread-safe.
public final class Events implements AutoCloseable {
    private final InputStream stream;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isClosed;
    private volatile @Nullable Exception failure;

    private Events(InputStream stream) {
        this.stream = stream;
    }

    static Events tell(InputStream stream, Consumer<JsonNode> each) {
        Events events = new Events(stream);
        Thread.ofVirtual().name("engine events").start(() -> events.read(each));
        return events;
    }

    /// Why no more events come although nobody closed this: the engine went, or who was told threw.
    public Optional<String> ended() {
        Exception why = failure;
        if (isClosed || over.getCount() > 0) {
            return Optional.empty();
        }
        return Optional.of(why == null ? "the engine ended its events" : "the engine's events ended: " + why);
    }

    private void read(Consumer<JsonNode> each) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    each.accept(Json.read(line));
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            over.countDown();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            stream.close();
        } catch (IOException closedEnough) {
            // nothing more is read from it
        }
    }
}
