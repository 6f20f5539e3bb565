package dev.understudy.runtime.docker.clone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// One container of live, as the engine tells of it; nothing of what it tells is left out. Immutable.
///
/// @param service which of the topology it is
/// @param index among the containers of that service
/// @param inspect the answer to `GET /containers/{id}/json`
/// @param image the answer to `GET /images/{id}/json` for the image it was made from
public record LiveContainer(String service, int index, JsonNode inspect, JsonNode image) {
    private static final int SHORT_ID = 12;
    private static final String JOINED = "container:";

    /// The engine's id, 64 hexadecimal digits.
    public String id() {
        return inspect.path("Id").asString("");
    }

    /// Without the slash that the engine puts in front.
    public String name() {
        String name = inspect.path("Name").asString("");
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /// When it was made, as the engine writes it.
    public String created() {
        return inspect.path("Created").asString("");
    }

    /// Which incarnation of it runs.
    public String mark() {
        return id().substring(0, Math.min(SHORT_ID, id().length())) + "@"
                + inspect.path("State").path("StartedAt").asString("");
    }

    /// Whether its process runs.
    public boolean isRunning() {
        return inspect.path("State").path("Running").asBoolean(false);
    }

    /// What the engine's own check says; empty if there is none.
    public Optional<String> health() {
        return Optional.of(inspect.path("State").path("Health").path("Status").asString(""))
                .filter(status -> !status.isEmpty());
    }

    /// The container whose network it shares, by id.
    public Optional<String> joinedTo() {
        String mode = host().path("NetworkMode").asString("");
        return mode.startsWith(JOINED) ? Optional.of(mode.substring(JOINED.length())) : Optional.empty();
    }

    /// What belongs to the program: image, command, environment, labels.
    public JsonNode config() {
        return inspect.path("Config");
    }

    /// What belongs to the host: limits, rights, mounts.
    public JsonNode host() {
        return inspect.path("HostConfig");
    }

    /// Its environment, in the engine's order.
    public List<String> environment() {
        return texts(config().path("Env"));
    }

    /// The value of a variable of its environment.
    public Optional<String> variable(String name) {
        return environment().stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst();
    }

    /// The networks it is on, by name, in a stable order; those of Docker that are none (`none`, `host`) left out.
    public Map<String, JsonNode> networks() {
        Map<String, JsonNode> networks = new TreeMap<>();
        inspect.path("NetworkSettings").path("Networks").properties().forEach(entry -> {
            if (!entry.getKey().equals("none") && !entry.getKey().equals("host")) {
                networks.put(entry.getKey(), entry.getValue());
            }
        });
        return networks;
    }

    /// What is mounted, as it is: volumes, directories of the host, memory.
    public List<Mounted> mounts() {
        List<Mounted> mounts = new ArrayList<>();
        inspect.path("Mounts").forEach(mount -> mounts.add(Mounted.of(mount)));
        return List.copyOf(mounts);
    }

    /// The names under which others find it on one of its networks: its service's in Compose, its own, its aliases.
    public List<String> namesOn(String network) {
        List<String> names = new ArrayList<>();
        composeService().ifPresent(names::add);
        names.add(name());
        JsonNode endpoint = networks().get(network);
        if (endpoint != null) {
            texts(endpoint.path("Aliases")).stream()
                    .filter(alias -> !id().startsWith(alias))
                    .forEach(names::add);
        }
        return names.stream().distinct().toList();
    }

    /// The service that Compose made it for.
    public Optional<String> composeService() {
        return label("com.docker.compose.service");
    }

    /// A label's value.
    public Optional<String> label(String name) {
        JsonNode value = config().path("Labels").path(name);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return List.copyOf(texts);
    }
}
