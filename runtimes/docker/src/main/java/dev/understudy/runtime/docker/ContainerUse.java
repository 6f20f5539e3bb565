package dev.understudy.runtime.docker;

import dev.understudy.runtime.Arm.ResourceUse;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a container has used, from the engine's answer to `GET /containers/{id}/stats`.
final class ContainerUse {
    private ContainerUse() {}

    static ResourceUse of(ContainerInstance instance, JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        long cache = Math.max(
                memory.path("stats").path("total_inactive_file").asLong(0),
                memory.path("stats").path("inactive_file").asLong(0));
        return new ResourceUse(
                instance.service(),
                instance.index(),
                instance.mark(),
                Duration.ofNanos(stats.path("cpu_stats")
                        .path("cpu_usage")
                        .path("total_usage")
                        .asLong(0)),
                Math.max(0, memory.path("usage").asLong(0) - cache),
                blocks(stats, "read"),
                blocks(stats, "write"),
                stats.path("pids_stats").path("current").asInt(0));
    }

    private static long blocks(JsonNode stats, String operation) {
        long bytes = 0;
        for (JsonNode entry : stats.path("blkio_stats").path("io_service_bytes_recursive")) {
            if (entry.path("op").asString("").toLowerCase(Locale.ROOT).equals(operation)) {
                bytes += entry.path("value").asLong(0);
            }
        }
        return bytes;
    }
}
