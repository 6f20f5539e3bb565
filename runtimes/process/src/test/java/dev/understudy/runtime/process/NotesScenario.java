package dev.understudy.runtime.process;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// A topology of two real services, `front -> back`, and optionally a PostgreSQL, on free ports of this
/// machine.
final class NotesScenario {
    private static final Place HERE = new Place("notes.yaml", 1, 1);

    private NotesScenario() {}

    /// A runtime that keeps everything below `directory`.
    static ProcessRuntime runtime(Path directory, Timeline timeline) {
        return new ProcessRuntime(workplace(directory), timeline);
    }

    static Workplace workplace(Path directory) {
        return new Workplace(directory.resolve("state"), directory, _ -> List.of("false"));
    }

    static Scenario in(Path directory, boolean withDatabase) {
        prepare(directory);
        Map<String, Service> services = new LinkedHashMap<>();
        if (withDatabase) {
            services.put("db", database());
        }
        services.put("back", notes("back", Map.of(), Optional.empty()));
        services.put(
                "front",
                notes(
                        "front",
                        Map.of("BACK", new Template("${back.address}")),
                        Optional.of(new Service.DataDirectory(HERE, "data", "DATA_DIR"))));
        Topology topology = new Topology("notes", HERE, directory.toString(), "front", services, Optional.empty());
        Map<String, ShadowSpec.DataSource> data = new LinkedHashMap<>();
        data.put("front", new ShadowSpec.DataSource.Snapshot());
        if (withDatabase) {
            data.put("db", new ShadowSpec.DataSource.Snapshot());
        }
        return new Scenario(
                "notes",
                HERE,
                "",
                1,
                Optional.empty(),
                new Scenario.LiveSource("notes.yaml", true),
                topology,
                new ShadowSpec(Optional.of(Duration.ofMillis(400)), data, Map.of(), ShadowSpec.Isolation.ENFORCED),
                new Traffic(
                        new Traffic.Source.Capture("none"), 1, Optional.empty(), List.of(), new Traffic.Floor(1, 0)),
                List.of(),
                List.of(),
                List.of(new StabilityRule(
                        "errors",
                        HERE,
                        new StabilityRule.Metric.ErrorRate(),
                        new StabilityRule.Target.OfService("front"),
                        new Quantity(Quantity.Unit.SHARE, 0.1, "10%"),
                        Duration.ofSeconds(1),
                        OptionalLong.empty())),
                new Scenario.BreachPolicy(new Scenario.Trigger.Any(), Duration.ofSeconds(1)),
                new RollbackProcedure(
                        HERE,
                        new RollbackProcedure.Budget(Duration.ofSeconds(30), Optional.empty(), OptionalLong.empty()),
                        RollbackProcedure.Order.WRITTEN,
                        List.of(),
                        Optional.empty()),
                List.of(),
                List.of(),
                new Scenario.Steady(Duration.ofSeconds(1), Duration.ofSeconds(10)),
                Optional.empty(),
                Monitoring.NONE);
    }

    /// The same with another shadow: services that are off, or arms that are only watched.
    static Scenario with(
            Scenario scenario, Map<String, ShadowSpec.ServiceMode> services, ShadowSpec.Isolation isolation) {
        ShadowSpec shadow = scenario.shadow();
        return Rewritten.of(scenario)
                .shadow(new ShadowSpec(shadow.maxPause(), shadow.data(), services, isolation))
                .scenario();
    }

    /// The same with another command for a service's version 1.0, made from the words of the present one.
    static Scenario running(Scenario scenario, String name, UnaryOperator<List<String>> command) {
        Topology topology = scenario.topology();
        Map<String, Service> services = new LinkedHashMap<>(topology.services());
        services.computeIfPresent(name, (_, service) -> commanded(service, command));
        return Rewritten.of(scenario)
                .topology(new Topology(
                        topology.name(),
                        topology.place(),
                        topology.directory(),
                        topology.entry(),
                        services,
                        topology.mirror()))
                .scenario();
    }

    private static Service commanded(Service service, UnaryOperator<List<String>> command) {
        List<String> words = service.versions().get("1.0").command().stream()
                .map(Template::text)
                .toList();
        Service.Version version = new Service.Version(
                "1.0", HERE, command.apply(words).stream().map(Template::new).toList(), Map.of(), Optional.empty());
        return new Service(
                service.name(),
                service.place(),
                service.kind(),
                service.protocol(),
                service.at(),
                service.version(),
                Map.of("1.0", version),
                service.tags(),
                service.environment(),
                service.data(),
                service.health(),
                service.stop(),
                service.database());
    }

    /// What the contract of all runtimes is tried on.
    static Specimen specimen(ProcessRuntime runtime, Timeline timeline, Scenario scenario) {
        boolean withDatabase = scenario.topology().services().containsKey("db");
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
                new Specimen.Commands(
                        List.of("printenv", "ADDRESS"), List.of("sh", "-c", "exit 3"), 3, List.of("sleep", "60")),
                withDatabase
                        ? Optional.of(new Specimen.SqlTexts(
                                "db", "INSERT INTO note (text) VALUES ('more')", "SELECT nonsense"))
                        : Optional.empty());
    }

    private static void prepare(Path directory) {
        try {
            Files.createDirectories(directory.resolve("data"));
            Files.writeString(directory.resolve("data/one.txt"), "hello");
            Files.writeString(directory.resolve("init.sql"), """
                    CREATE TABLE note (id serial PRIMARY KEY, text text);
                    INSERT INTO note (text) SELECT 'note ' || n FROM generate_series(1, 100) n;
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Service notes(String name, Map<String, Template> environment, Optional<Service.DataDirectory> data) {
        return new Service(
                name,
                HERE,
                Service.Kind.PROCESS,
                Service.Protocol.HTTP,
                List.of(new Endpoint("127.0.0.1", freePort())),
                "1.0",
                Map.of("1.0", version("1.0"), "2.0", version("2.0")),
                Map.of(),
                environment,
                data,
                Optional.of(new Service.Health(Optional.of("/health"), Duration.ofSeconds(20))),
                new Service.Stop(Duration.ofSeconds(2)),
                Optional.empty());
    }

    private static Service.Version version(String name) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx48m",
                "-cp",
                System.getProperty(
                        "notes.classes",
                        Path.of("target/test-classes").toAbsolutePath().toString()),
                "dev.understudy.runtime.process.NotesService",
                name);
        return new Service.Version(name, HERE, words.stream().map(Template::new).toList(), Map.of(), Optional.empty());
    }

    private static Service database() {
        return new Service(
                "db",
                HERE,
                Service.Kind.POSTGRES,
                Service.Protocol.TCP,
                List.of(new Endpoint("127.0.0.1", freePort())),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Service.Stop(Duration.ofSeconds(5)),
                Optional.of(new Service.Database(
                        "notes", "notes", List.of("init.sql"), Optional.empty(), Optional.empty())));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A command with more arguments.
    static UnaryOperator<List<String>> with(String... arguments) {
        return words -> {
            List<String> more = new ArrayList<>(words);
            more.addAll(List.of(arguments));
            return more;
        };
    }

    /// A command that begins so late that whoever can't wait for it has ended before.
    static UnaryOperator<List<String>> late(int seconds) {
        return words -> {
            List<String> more = new ArrayList<>(List.of("sh", "-c", "sleep " + seconds + "; exec \"$@\"", "late"));
            more.addAll(words);
            return more;
        };
    }
}
