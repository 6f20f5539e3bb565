package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Live;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A live system as a model: services, what its stores understand, what can be executed. Immutable: every
/// `with…` returns another world.
///
/// ```
/// SimulatedWorld.named("shop", "gateway")
///         .with(ServiceModel.http("gateway", VersionModel.of("1.0", call -> …)).calling("orders"))
///         .with(ServiceModel.http("orders", VersionModel.of("1.0", call -> …)).calling("db"))
///         .with(ServiceModel.store("db", () -> new Tables().create("orders", "id", "amount")))
///         .with(Script.migration("db/V2__widen.sql", tables -> tables.table("orders").addColumn("channel")))
/// ```
///
/// @param entry the service that users talk to
/// @param liveRuns whether live runs before anybody starts it
/// @param host what live notices of the shadows beside it
public record SimulatedWorld(
        String name,
        String entry,
        List<ServiceModel> services,
        List<Script> scripts,
        Map<String, Program> programs,
        List<Live.Drift> drift,
        boolean liveRuns,
        SharedHost host) {
    private static final int FIRST_PORT = 18_080;

    public SimulatedWorld {
        services = List.copyOf(services);
        scripts = List.copyOf(scripts);
        programs = Map.copyOf(programs);
        drift = List.copyOf(drift);
    }

    /// A world without services that knows the programs `true`, `false`, `sleep SECONDS` and `printenv NAME`.
    public static SimulatedWorld named(String name, String entry) {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("true", (_, _, _) -> new Program.Ended(0, ""));
        programs.put("false", (_, _, _) -> new Program.Ended(1, ""));
        programs.put("printenv", (command, environment, _) -> {
            String value = environment.get(command.get(1));
            return new Program.Ended(value == null ? 1 : 0, value == null ? "" : value + "\n");
        });
        programs.put("sleep", (command, _, timeline) -> {
            timeline.sleep(Duration.ofSeconds(Long.parseLong(command.get(1))));
            return new Program.Ended(0, "");
        });
        return new SimulatedWorld(name, entry, List.of(), List.of(), programs, List.of(), true, SharedHost.UNNOTICED);
    }

    /// With one more service; the order is kept.
    public SimulatedWorld with(ServiceModel service) {
        List<ServiceModel> all = new ArrayList<>(services);
        all.add(service);
        return new SimulatedWorld(name, entry, all, scripts, programs, drift, liveRuns, host);
    }

    /// With one more script or query.
    public SimulatedWorld with(Script script) {
        List<Script> all = new ArrayList<>(scripts);
        all.add(script);
        return new SimulatedWorld(name, entry, services, all, programs, drift, liveRuns, host);
    }

    /// With one more program.
    public SimulatedWorld with(String word, Program program) {
        Map<String, Program> all = new LinkedHashMap<>(programs);
        all.put(word, program);
        return new SimulatedWorld(name, entry, services, scripts, all, drift, liveRuns, host);
    }

    /// With live differing from its files.
    public SimulatedWorld withDrift(Live.Drift... found) {
        return new SimulatedWorld(name, entry, services, scripts, programs, List.of(found), liveRuns, host);
    }

    /// With nothing running in live.
    public SimulatedWorld notRunning() {
        return new SimulatedWorld(name, entry, services, scripts, programs, drift, false, host);
    }

    /// With shadows that live notices.
    public SimulatedWorld on(SharedHost shared) {
        return new SimulatedWorld(name, entry, services, scripts, programs, drift, liveRuns, shared);
    }

    /// The service of that name. @throws IllegalArgumentException if there is none
    public ServiceModel service(String wanted) {
        return services.stream()
                .filter(service -> service.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service '" + wanted + "' in world '" + name + "'"));
    }

    /// What a file would declare of this world.
    public Topology topology() {
        Map<String, Service> declared = new LinkedHashMap<>();
        for (ServiceModel service : services) {
            declared.put(service.name(), declare(service));
        }
        return new Topology(name, place(1), "", entry, declared, Optional.empty());
    }

    /// The texts of its scripts, by file name.
    public SourceTree sources() {
        Map<String, String> texts = new LinkedHashMap<>();
        scripts.stream().filter(script -> !script.file().isEmpty()).forEach(s -> texts.put(s.file(), s.text()));
        return SourceTree.of(texts);
    }

    Optional<Script> script(String text) {
        return scripts.stream()
                .filter(known -> known.text().strip().equals(text.strip()))
                .findFirst();
    }

    private Service declare(ServiceModel model) {
        Place place = place(1 + services.indexOf(model));
        Map<String, Template> environment = new LinkedHashMap<>();
        for (String callee : model.calls()) {
            environment.put(callee.toUpperCase(Locale.ROOT), new Template("http://${" + callee + ".address}"));
        }
        Map<String, Service.Version> versions = new LinkedHashMap<>();
        for (VersionModel version : model.isStore() ? List.<VersionModel>of() : model.versions()) {
            List<Template> command =
                    List.of(new Template("simulated"), new Template(model.name() + "-" + version.name()));
            versions.put(
                    version.name(),
                    new Service.Version(
                            version.name(),
                            place,
                            command,
                            Map.of(),
                            Optional.empty(),
                            version.migration()
                                    .filter(VersionModel.Migration::declared)
                                    .map(migration ->
                                            new Service.StartMigration(place, migration.store(), Optional.empty()))));
        }
        return new Service(
                model.name(),
                place,
                model.isStore() ? Service.Kind.POSTGRES : Service.Kind.PROCESS,
                model.isStore() ? Service.Protocol.TCP : Service.Protocol.HTTP,
                endpoints(model),
                model.version(),
                versions,
                Map.of(),
                environment,
                Optional.empty(),
                Optional.of(new Service.Health(
                        model.isStore() ? Optional.empty() : Optional.of("/health"), model.healthWithin())),
                new Service.Stop(Duration.ofSeconds(5)),
                model.isStore()
                        ? Optional.of(new Service.Database(name, name, List.of(), Optional.empty(), Optional.empty()))
                        : Optional.empty());
    }

    private List<Endpoint> endpoints(ServiceModel model) {
        int first = FIRST_PORT + 10 * services.indexOf(model);
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < model.instances(); i++) {
            endpoints.add(new Endpoint("127.0.0.1", first + i));
        }
        return endpoints;
    }

    private Place place(int line) {
        return new Place(name + ".world", line, 1);
    }
}
