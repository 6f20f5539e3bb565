package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.docker.engine.EngineAtHand;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.Ran;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Containers as Compose would have made them for a project: labels, one network, volumes. They go with the
/// engine's run that they were made in.
final class LiveProject {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final EngineAtHand engine;
    private final String project;
    private final Made network;

    LiveProject(EngineAtHand engine, String project) {
        this.engine = engine;
        this.project = project;
        this.network = engine.work()
                .networks()
                .create(new Mark("live", "network"), project + "_default", JsonNodeFactory.instance.objectNode());
    }

    Made volume(String name) {
        return engine.work()
                .volumes()
                .create(new Mark("live", "data"), project + "_" + name, JsonNodeFactory.instance.objectNode());
    }

    /// @param body the image and what else is its own
    /// @param volumes by where they are mounted
    Made start(String service, ObjectNode body, Map<String, String> environment, Map<String, Made> volumes) {
        var lines = body.putArray("Env");
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        body.putObject("Labels")
                .put("com.docker.compose.project", project)
                .put("com.docker.compose.service", service)
                .put("com.docker.compose.container-number", "1");
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", network.name());
        var mounts = host.putArray("Mounts");
        volumes.forEach((target, volume) -> mounts.addObject()
                .put("Type", "volume")
                .put("Source", volume.name())
                .put("Target", target));
        ObjectNode networking = JsonNodeFactory.instance.objectNode();
        networking
                .putObject("EndpointsConfig")
                .putObject(network.name())
                .putArray("Aliases")
                .add(service);
        Made made = engine.work()
                .containers()
                .create(new Mark("live", service), project + "-" + service + "-1", body, networking);
        engine.work().containers().start(made);
        return made;
    }

    /// Waits for the container's own check.
    void awaitHealth(Made made) {
        long deadline = System.nanoTime() + SOON.toNanos();
        String health = "";
        while (!health.equals("healthy")) {
            assertThat(System.nanoTime())
                    .as(() -> made + " is not healthy: " + engine.reading().logs(made.id(), 20))
                    .isLessThan(deadline);
            health = engine.reading()
                    .container(made.id())
                    .path("State")
                    .path("Health")
                    .path("Status")
                    .asString("");
        }
    }

    /// Runs a command in one, and insists on its success.
    String run(Made made, List<String> words) {
        Ran ran = engine.work().containers().exec(made, words, Map.of(), SOON);
        assertThat(ran.isFine()).as(ran.output()).isTrue();
        return ran.output();
    }
}
