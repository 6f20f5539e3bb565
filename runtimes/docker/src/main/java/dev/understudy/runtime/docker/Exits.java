package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.engine.EngineReading;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Hears from the engine when a container of one arm ends. Thread-safe.
final class Exits implements AutoCloseable {
    private final Map<String, ContainerInstance> known = new ConcurrentHashMap<>();
    private final AutoCloseable events;

    /// Who is told of an end that nobody asked for.
    interface Told {
        void exited(ContainerInstance instance, int code);
    }

    Exits(EngineReading reading, ArmNames names, Told told) {
        this.events = reading.events(
                System.currentTimeMillis() / 1000,
                Map.of(
                        "type", List.of("container"),
                        "event", List.of("die"),
                        "label", List.of("dev.understudy.run=" + names.run(), "dev.understudy.arm=" + names.arm())),
                event -> ended(event, told));
    }

    private void ended(JsonNode event, Told told) {
        ContainerInstance instance = known.get(event.path("Actor").path("ID").asString(""));
        if (instance != null) {
            instance.over().set(true);
            if (!instance.ending().get()) {
                String code =
                        event.path("Actor").path("Attributes").path("exitCode").asString("-1");
                told.exited(instance, Integer.parseInt(code));
            }
        }
    }

    /// From now on its end is heard of.
    void watch(ContainerInstance instance) {
        known.put(instance.container().id(), instance);
    }

    /// It is of no interest any more.
    void forget(ContainerInstance instance) {
        known.remove(instance.container().id());
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (Exception gone) {
            // nobody listens any more, which is all that was wanted
        }
    }
}
