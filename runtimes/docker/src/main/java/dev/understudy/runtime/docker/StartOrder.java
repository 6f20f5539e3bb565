package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.clone.LiveContainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// After what a service is started, as Compose noted it on its containers (`com.docker.compose.depends_on`:
/// `db:service_healthy:false,cache:service_started:true`), and by whose network it shares. Without such a note services
/// start at once: who calls one that doesn't listen yet waits at its link.
final class StartOrder {
    private static final String NOTE = "com.docker.compose.depends_on";

    private StartOrder() {}

    /// What has to be true of another service before.
    enum Condition {
        STARTED,
        HEALTHY,
        ENDED
    }

    /// The services of the arm that `service` waits for, and for what of each.
    static Map<String, Condition> of(String service, DockerLive live, Neighbours neighbours, List<String> present) {
        Map<String, Condition> before = new LinkedHashMap<>();
        neighbours.hostOf(service).filter(present::contains).ifPresent(host -> before.put(host, Condition.STARTED));
        for (LiveContainer container : live.containers(service)) {
            for (String entry : container.label(NOTE).orElse("").split(",", -1)) {
                String[] parts = entry.split(":", -1);
                named(parts[0], live, present)
                        .forEach(other ->
                                before.merge(other, condition(parts.length > 1 ? parts[1] : ""), StartOrder::stricter));
            }
        }
        before.remove(service);
        return before;
    }

    private static List<String> named(String composeService, DockerLive live, List<String> present) {
        List<String> named = new ArrayList<>();
        for (String other : present) {
            boolean isIt = live.containers(other).stream()
                    .flatMap(container -> container.composeService().stream())
                    .anyMatch(composeService::equals);
            if (isIt) {
                named.add(other);
            }
        }
        return named;
    }

    private static Condition condition(String word) {
        return switch (word) {
            case "service_healthy" -> Condition.HEALTHY;
            case "service_completed_successfully" -> Condition.ENDED;
            default -> Condition.STARTED;
        };
    }

    private static Condition stricter(Condition one, Condition other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
