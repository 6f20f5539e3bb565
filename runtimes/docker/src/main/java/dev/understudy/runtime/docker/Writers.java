package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.scenario.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Who may write to some data of live's: every running container of the engine that has it mounted, whatever it
/// belongs to. Thread-safe.
record Writers(EngineReading reading, DockerLive live) {

    /// Those that have to stand still together.
    /// @throws EnvironmentException naming one that the topology doesn't, for it is nobody's to pause
    List<LiveContainer> of(Service service, List<Copier.Pair> pairs) {
        Set<String> sources =
                pairs.stream().map(pair -> GoldenData.source(pair.from())).collect(Collectors.toSet());
        List<LiveContainer> writers = new ArrayList<>();
        for (JsonNode listed : reading.containers(Map.of(), false)) {
            JsonNode mounts = listed.path("Mounts");
            if (mounts.valueStream().anyMatch(mount -> mayWrite(mount, sources))) {
                writers.add(known(listed.path("Id").asString("")).orElseThrow(() -> stranger(service, listed)));
            }
        }
        return List.copyOf(writers);
    }

    private static boolean mayWrite(JsonNode mount, Set<String> sources) {
        String source = mount.path("Type").asString("").equals("volume")
                ? "volume:" + mount.path("Name").asString("")
                : mount.path("Source").asString("");
        return mount.path("RW").asBoolean(true) && sources.contains(source);
    }

    private Optional<LiveContainer> known(String id) {
        return live.containers(live.topology().services().values().stream())
                .filter(container -> container.id().equals(id))
                .findFirst();
    }

    private EnvironmentException stranger(Service service, JsonNode listed) {
        return new EnvironmentException("the data of '" + service.name() + "' is also written by the container "
                + listed.path("Names").path(0).asString("?").replaceFirst("^/", "") + ", which "
                + live.topology().place().file()
                + " does not name: name it there too, so that both stand still while the data is copied");
    }
}
