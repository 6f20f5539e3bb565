package dev.understudy.runtime.docker;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.docker.engine.EngineAtHand;
import dev.understudy.runtime.docker.engine.LinkImage;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.ServiceImages;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.reading.DiskSources;
import dev.understudy.scenario.reading.ReadResult;
import dev.understudy.scenario.reading.ScenarioReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A small live project in an engine, as Compose would have made it: `front`, which keeps notes in a volume,
/// calls `back`, and a database beside them. Closing it removes it.
final class NotesProject implements AutoCloseable {
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.naming",
            "java.sql",
            "java.management",
            "jdk.unsupported",
            "jdk.httpserver");
    private static final Path CACHE = Path.of("target/link-images").toAbsolutePath();

    final EngineAtHand engine;
    final RealTimeline timeline = new RealTimeline();
    final DockerRuntime runtime;
    final Scenario scenario;
    final String project;
    private final LinkImage image;
    private final String imageId;
    private final LiveProject live;

    private NotesProject(EngineAtHand engine, Path directory) {
        this.engine = engine;
        this.project = engine.name("notes");
        this.image = image();
        this.imageId = image.ensure(engine.work(), _ -> {});
        this.live = new LiveProject(engine, project);
        start("back", Map.of(), Optional.empty());
        start("front", Map.of("BACK", "back:8080"), Optional.of(live.volume("data")));
        database();
        this.runtime = new DockerRuntime(new DockerPlace(engine::address, directory, directory, classPath()), timeline);
        this.scenario = read(directory);
    }

    static NotesProject in(Path directory) {
        EngineAtHand engine = EngineAtHand.open("notes");
        try {
            return new NotesProject(engine, directory);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /// An image that runs what the tests have on their class path.
    static LinkImage image() {
        return LinkImage.of(MODULES, classPath(), CACHE);
    }

    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> Files.isDirectory(path)
                        || path.toString().contains("understudy")
                        || path.toString().contains("postgresql")
                        || path.toString().contains("HdrHistogram"))
                .toList();
    }

    private void start(String service, Map<String, String> environment, Optional<Made> volume) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", imageId);
        var command = body.putArray("Cmd");
        image.command(NotesProgram.class.getName(), 48, List.of("serve")).forEach(command::add);
        body.putObject("ExposedPorts").putObject("8080/tcp");
        live.start(
                service,
                body,
                environment,
                volume.map(data -> Map.of("/data", data)).orElse(Map.of()));
    }

    /// Has one table with a row, and says so in the log of its first start.
    private Made database() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", ServiceImages.tag(engine, "postgres"));
        Made db = live.start(
                "db",
                body,
                Map.of("POSTGRES_USER", "notes", "POSTGRES_PASSWORD", "secret", "POSTGRES_DB", "notes"),
                Map.of("/var/lib/postgresql/data", live.volume("db")));
        live.awaitHealth(db);
        live.run(
                db,
                List.of(
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-U",
                        "notes",
                        "notes",
                        "-c",
                        "create table note (id int primary key, body text); insert into note values (1, 'first')"));
        return db;
    }

    private Scenario read(Path directory) {
        try {
            Files.writeString(directory.resolve("topology.yaml"), """
                    topology: notes
                    docker: {project: PROJECT}
                    entry: front
                    services:
                      back:
                        ports: [8080]
                        health: {http: /health, within: 20s}
                        stop: {grace: 2s}
                        versions: {"2.0": {environment: {LEVEL: two}}}
                      front:
                        ports: [8080]
                        calls: [back]
                        data: {dir: /data}
                        health: {http: /health, within: 20s}
                        stop: {grace: 2s}
                      db:
                        kind: postgres
                        database: notes
                        user: notes
                        data: {dir: /var/lib/postgresql/data}
                        health: {within: 60s}
                        stop: {grace: 10s}
                    """.replace("PROJECT", project));
            Files.writeString(directory.resolve("notes.yaml"), """
                    scenario: notes
                    live: {topology: topology.yaml}
                    shadow: {maxPause: 500ms, data: {front: snapshot, db: snapshot}}
                    traffic: {from: {capture: none.jsonl}}
                    change: [{service: back, version: "2.0"}]
                    stability: [{id: errors, metric: error-rate, service: front, max: 10%, for: 1s}]
                    rollback: {budget: {recovery: 30s}, steps: [{id: back, revert: back}]}
                    """);
            Files.writeString(directory.resolve("none.jsonl"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReadResult<Scenario> result = new ScenarioReader(List.of()).scenario(new DiskSources(directory), "notes.yaml");
        return result.orThrow();
    }

    /// What the contract of all runtimes is tried on.
    Specimen specimen() {
        return new Specimen(
                runtime,
                timeline,
                scenario,
                new Link("front", "back"),
                "2.0",
                Request.get("front", "/back/hello"),
                Optional.of(new Specimen.Writing(
                        new Request("front", "POST", "/notes", List.of(), "note".getBytes(StandardCharsets.UTF_8)),
                        "front")),
                new Specimen.Commands(program("print", "ADDRESS"), program("fail"), 3, program("hang")),
                Optional.of(new Specimen.SqlTexts(
                        "db", "insert into note values (2, 'second')", "insert into nothing values (1)")));
    }

    private List<String> program(String... words) {
        return image.command(NotesProgram.class.getName(), 32, List.of(words));
    }

    @Override
    public void close() {
        runtime.close();
        engine.close();
    }
}
