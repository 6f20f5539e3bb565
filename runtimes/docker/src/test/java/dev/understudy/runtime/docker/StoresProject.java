package dev.understudy.runtime.docker;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.docker.engine.EngineAtHand;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.ServiceImages;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.reading.DiskSources;
import dev.understudy.scenario.reading.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A live project of one page and some real stores, in an engine. Closing it removes it.
final class StoresProject implements AutoCloseable {
    private static final AtomicInteger CLONED = new AtomicInteger();

    final EngineAtHand engine = EngineAtHand.open("stores");
    final String project = engine.name("stores");
    final LiveProject live = new LiveProject(engine, project);
    final RealTimeline timeline = new RealTimeline();
    final DockerRuntime runtime;
    final Made web;
    private final Path directory;
    private final Map<String, String> declared = new LinkedHashMap<>();

    StoresProject(Path directory) {
        this.directory = directory;
        this.runtime = new DockerRuntime(
                new DockerPlace(engine::address, directory, directory, NotesProject.classPath()), timeline);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", ServiceImages.tag(engine, "nginx"));
        body.putObject("ExposedPorts").putObject("80/tcp");
        this.web = live.start("web", body, Map.of(), Map.of());
        live.awaitHealth(web);
    }

    /// Starts a store, of the image of that name, with one volume.
    /// @param declaration what the topology says of it, as YAML in one line
    Made store(
            String service,
            String image,
            List<String> command,
            Map<String, String> environment,
            String directory,
            String declaration) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", ServiceImages.tag(engine, image));
        if (!command.isEmpty()) {
            var words = body.putArray("Cmd");
            command.forEach(words::add);
        }
        declare(service, declaration);
        Made made = live.start(service, body, environment, Map.of(directory, live.volume(service)));
        live.awaitHealth(made);
        return made;
    }

    /// What the topology says of a service that the test starts itself.
    void declare(String service, String declaration) {
        declared.put(service, declaration);
    }

    /// Where a container of it is found from here.
    String address(Made made) {
        return engine.reading()
                .container(made.id())
                .path("NetworkSettings")
                .path("Networks")
                .path(project + "_default")
                .path("IPAddress")
                .asString();
    }

    /// @param shadow what the scenario says of the shadow, as YAML in one line
    Shadow cloned(String shadow) {
        Scenario scenario = scenario(shadow);
        Live found = runtime.discover(scenario.topology(), false, EffectLog.NONE);
        try {
            return runtime.clone(new ShadowRequest(
                    engine.name("clone-" + CLONED.incrementAndGet()), found, scenario, timeline, EffectLog.NONE));
        } catch (RuntimeException e) {
            found.close();
            throw e;
        }
    }

    private Scenario scenario(String shadow) {
        String stores = declared.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(directory.resolve("topology.yaml"), """
                    topology: stores
                    docker: {project: PROJECT}
                    entry: web
                    services:
                      web: {ports: [80], health: {within: 60s}, stop: {grace: 2s}, versions: {"2.0": {environment: {A: b}}}}
                    """.replace("PROJECT", project) + stores);
            Files.writeString(directory.resolve("none.jsonl"), "");
            Files.writeString(directory.resolve("stores.yaml"), """
                    scenario: stores
                    live: {topology: topology.yaml}
                    shadow: SHADOW
                    traffic: {from: {capture: none.jsonl}}
                    change: [{service: web, version: "2.0"}]
                    stability: [{id: errors, metric: error-rate, service: web, max: 10%, for: 1s}]
                    rollback: {budget: {recovery: 30s}, steps: [{id: back, revert: web}]}
                    """.replace("SHADOW", shadow));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScenarioReader(List.of())
                .scenario(new DiskSources(directory), "stores.yaml")
                .orThrow();
    }

    @Override
    public void close() {
        runtime.close();
        engine.close();
    }
}
