package dev.understudy.runtime.docker.draft;

import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Mounted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What is known of one service from its containers alone. Immutable.
///
/// @param name as a topology may call it
/// @param compose as Compose calls it
/// @param containers at least one
record DraftService(String name, String compose, List<LiveContainer> containers) {
    /// Where HTTP is hardly ever spoken: mail, directories, queues, databases, caches.
    private static final Set<Integer> NO_HTTP = Set.of(
            21, 22, 25, 53, 110, 143, 389, 465, 587, 993, 1433, 1521, 1883, 2181, 3306, 3389, 4222, 5432, 5671, 5672,
            6379, 6432, 7000, 7687, 9042, 9092, 9093, 11211, 26379, 27017, 33060, 50051);

    DraftService {
        containers = List.copyOf(containers);
    }

    LiveContainer first() {
        return containers.getFirst();
    }

    /// `container`, or a store that the tool knows.
    String kind() {
        if (first().variable("POSTGRES_PASSWORD").isPresent()
                || first().variable("POSTGRES_HOST_AUTH_METHOD").isPresent()
                || isMadeFrom("postgres")) {
            return "postgres";
        }
        if (first().variable("MARIADB_ROOT_PASSWORD").isPresent() || isMadeFrom("mariadb")) {
            return "mariadb";
        }
        if (first().variable("MYSQL_ROOT_PASSWORD").isPresent() || isMadeFrom("mysql")) {
            return "mysql";
        }
        return isMadeFrom("redis") || isMadeFrom("valkey") ? "redis" : "container";
    }

    /// Whether the last part of its image's name begins so.
    private boolean isMadeFrom(String what) {
        String image = first().config().path("Image").asString("").toLowerCase(Locale.ROOT);
        return image.substring(image.lastIndexOf('/') + 1).startsWith(what);
    }

    /// The TCP ports that its image or its project says it listens on, the published ones first.
    List<Integer> ports() {
        List<Integer> published = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        first().inspect().path("NetworkSettings").path("Ports").properties().forEach(entry -> {
            String[] parts = entry.getKey().split("/");
            if (parts.length == 2 && parts[1].equals("tcp") && parts[0].matches("[0-9]{1,5}")) {
                (entry.getValue().isEmpty() ? others : published).add(Integer.parseInt(parts[0]));
            }
        });
        published.sort(Comparator.naturalOrder());
        others.sort(Comparator.naturalOrder());
        published.addAll(others);
        return List.copyOf(published);
    }

    /// Where its first port is published on the engine's host, if it is.
    Optional<String> published() {
        List<Integer> ports = ports();
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        JsonNode binding = first().inspect()
                .path("NetworkSettings")
                .path("Ports")
                .path(ports.getFirst() + "/tcp")
                .path(0);
        String port = binding.path("HostPort").asString("");
        String host = binding.path("HostIp").asString("");
        boolean anywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
        return port.isEmpty() ? Optional.empty() : Optional.of((anywhere ? "127.0.0.1" : host) + ":" + port);
    }

    boolean speaksHttp() {
        List<Integer> ports = ports();
        return kind().equals("container") && !ports.isEmpty() && !NO_HTTP.contains(ports.getFirst());
    }

    /// What it keeps data in, other than a store that the tool knows.
    List<Mounted> data() {
        return first().mounts().stream().filter(Mounted::keepsData).toList();
    }

    /// Whether it is only there beside others: nobody can call it, and it is on no network of the project.
    boolean isOnHostNetwork() {
        return first().host().path("NetworkMode").asString("").equals("host");
    }

    /// All texts in which it may name others: environment, command, labels of Compose on what it starts after.
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        first().environment().forEach(line -> texts.add(line.substring(line.indexOf('=') + 1)));
        first().config().path("Cmd").forEach(word -> texts.add(word.asString()));
        first().label("com.docker.compose.depends_on").ifPresent(note -> {
            for (String entry : note.split(",")) {
                texts.add(entry.split(":")[0]);
            }
        });
        return List.copyOf(texts);
    }

    /// Names under which others may call it.
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(compose));
        containers.forEach(container ->
                container.networks().keySet().forEach(network -> names.addAll(container.namesOn(network))));
        return names.stream().distinct().toList();
    }
}
