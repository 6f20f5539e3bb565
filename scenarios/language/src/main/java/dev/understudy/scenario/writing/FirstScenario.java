package dev.understudy.scenario.writing;

import dev.understudy.scenario.Service;
import dev.understudy.scenario.Service.Kind;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A complete first scenario for a topology. Its change is a *null change*: every service that users reach is
/// deployed again in its present version and rolled back by a drill, so that its verdict tells of the way back
/// alone. Pure.
///
/// Services that nothing in the shadow calls and that call nothing in it are left out: load generators, mostly.
public final class FirstScenario {
    private static final int RECORDED_PER_SECOND = 10;

    private final Topology topology;
    private final List<Service> kept;
    private final List<Service> changed;

    private FirstScenario(Topology topology) {
        this.topology = topology;
        this.kept = kept(topology);
        Set<String> reached = reached(topology);
        this.changed = topology.calleesFirst().stream()
                .filter(service -> reached.contains(service.name()) && service.kind() == Kind.PROCESS)
                .toList();
    }

    /// The files that such a scenario is made of besides the topology.
    ///
    /// @param scenario its text
    /// @param recording a recording for a topology that declares no mirror, one JSON object a line; else empty
    public record Files(String scenario, String recording) {}

    /// @param topologyFile the topology, relative to the scenario
    /// @param recordingFile where the recording will be, if there is one, relative to the scenario
    /// @param schemaFile where the schema will be, likewise
    public static Files of(Topology topology, String topologyFile, String recordingFile, String schemaFile) {
        FirstScenario first = new FirstScenario(topology);
        boolean isMirrored = topology.mirror().isPresent();
        return new Files(
                first.yaml(topologyFile, recordingFile, schemaFile),
                isMirrored ? "" : HealthRecording.of(topology.service(topology.entry()), RECORDED_PER_SECOND));
    }

    private String yaml(String topologyFile, String recordingFile, String schemaFile) {
        return String.join(
                "\n",
                head(topologyFile, schemaFile),
                shadow(),
                traffic(recordingFile),
                change(),
                stability(),
                rollback(),
                ledger(),
                "");
    }

    private String head(String topologyFile, String schemaFile) {
        return """
                # yaml-language-server: $schema=./%1$s
                # $schema: ./%1$s
                # A first rehearsal: every service is deployed again in the version it has, then rolled back by a drill.
                # It ships nothing new, so what it finds is true of your way back as it is today.
                scenario: %2$s
                description: Every service again in its present version, and back.
                seed: 1
                live: {topology: %3$s%4$s""".formatted(
                        schemaFile,
                        scenarioName(),
                        YamlScalar.of(topologyFile),
                        topology.docker().isPresent()
                                ? "}"
                                : ", start: true}   # what doesn't run yet is started as live, and stopped again");
    }

    /// Names may have 63 characters.
    private String scenarioName() {
        String name = topology.name();
        return YamlScalar.of((name.length() > 57 ? name.substring(0, 57) : name) + "-first");
    }

    private String shadow() {
        List<String> lines = new ArrayList<>();
        boolean pauses = kept.stream().anyMatch(service -> service.data().isPresent());
        if (pauses) {
            lines.add(
                    "  maxPause: 300ms                       # live may be paused so long while its directory is copied");
        }
        String data = kept.stream()
                .filter(Service::isStateful)
                .map(service -> YamlScalar.of(service.name()) + ": snapshot")
                .collect(Collectors.joining(", "));
        if (!data.isEmpty()) {
            lines.add("  data: {" + data + "}");
        }
        String left = topology.services().values().stream()
                .filter(service -> !kept.contains(service))
                .map(service -> YamlScalar.of(service.name()) + ": omit")
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            lines.add("  services: {" + left + "}   # nothing calls it, and it calls nothing that is declared");
        }
        return lines.isEmpty() ? "shadow: {}" : "shadow:\n" + String.join("\n", lines);
    }

    private String traffic(String recordingFile) {
        return topology.mirror()
                .map(mirror -> """
                        traffic:
                          from: {mirror: %s}
                          sample: 100%%
                          # by: cookie:session                  # what makes requests one session; each connection unless said
                          # redact: [header:authorization]      # what is hidden before a request leaves live
                          floor: {exchanges: 100, writes: 5}    # with less traffic a verdict can't be GO""".formatted(YamlScalar.of(mirror.service())))
                .orElseGet(() -> """
                        traffic:
                          # The topology declares no mirror, so this asks for one page of the entry again and again. Better:
                          # declare 'mirror: {service: %1$s, at: HOST:PORT, feed: HOST:PORT}' there and write
                          # 'from: {mirror: %1$s}', or put recorded requests of your users into the file.
                          from: {capture: %2$s}
                          floor: {exchanges: 100, writes: 0}""".formatted(topology.entry(), YamlScalar.of(recordingFile)));
    }

    private String change() {
        return "change:                                 # the present versions: a null change\n"
                + changed.stream()
                        .map(service -> "  - {service: " + YamlScalar.of(service.name()) + ", version: "
                                + YamlScalar.quoted(service.version()) + "}")
                        .collect(Collectors.joining("\n"));
    }

    private String stability() {
        String entry = YamlScalar.of(topology.entry());
        List<String> rules = new ArrayList<>(List.of(
                "  - {id: users.errors, metric: error-rate, service: " + entry + ", max: 5%, for: 2s, minRequests: 10}",
                "  - {id: users.slow, metric: latency-p95, service: " + entry
                        + ", max: 2s, for: 2s, minRequests: 10}"));
        changed.stream()
                .map(service -> "  - {id: " + exitRule(service) + ", metric: process-exit, service: "
                        + YamlScalar.of(service.name()) + ", max: 0, for: 2s}")
                .forEach(rules::add);
        return "stability:\n" + String.join("\n", rules)
                + "\nbreach: {trigger: any, within: 10s}     # without a breach until then: the drill";
    }

    /// No service has a dot in its name, so this is unique; ids may have 63 characters.
    private static String exitRule(Service service) {
        String name = service.name();
        return (name.length() > 57 ? name.substring(0, 57) : name) + ".exits";
    }

    /// Callers before what they call: until its caller is back, a service must keep what the new caller needs.
    private String rollback() {
        Duration longest = changed.stream()
                .map(service -> service.health().map(Service.Health::within).orElse(Duration.ofSeconds(30)))
                .reduce(Duration.ofSeconds(10), Duration::plus);
        List<String> steps = new ArrayList<>();
        for (Service service : changed.reversed()) {
            String needs = changed.reversed().stream()
                    .takeWhile(caller -> !caller.equals(service))
                    .filter(caller -> caller.calls().contains(service.name()))
                    .map(caller -> YamlScalar.of(caller.name()))
                    .collect(Collectors.joining(", "));
            String name = YamlScalar.of(service.name());
            steps.add("    - {id: " + name + ", revert: " + name + (needs.isEmpty() ? "" : ", needs: [" + needs + "]")
                    + "}");
        }
        return """
                rollback:
                  budget: {recovery: %1$ds}               # what the services' own 'health' allows; yours is shorter
                  order: written                        # one after the other; 'ready' starts each when its needs are done
                  steps:                                # callers before what they call
                %2$s
                steady: {for: 3s, within: %1$ds}""".formatted(longest.toSeconds(), String.join("\n", steps));
    }

    private String ledger() {
        String entry = topology.entry();
        return """
                # What you promise to users: what a write acknowledged can be read back after the rollback.
                # ledger:
                #   - {write: POST %1$s/orders, key: "json:/id", read: "GET %1$s/orders/{key}"}""".formatted(entry);
    }

    private static List<Service> kept(Topology topology) {
        Set<String> reached = reached(topology);
        return topology.services().values().stream()
                .filter(service -> reached.contains(service.name())
                        || service.calls().stream().anyMatch(topology.services()::containsKey)
                        || isCalled(topology, service))
                .toList();
    }

    private static boolean isCalled(Topology topology, Service service) {
        return topology.links().stream().anyMatch(link -> link.to().equals(service.name()));
    }

    /// The entry and all that it needs.
    private static Set<String> reached(Topology topology) {
        Set<String> reached = new LinkedHashSet<>(List.of(topology.entry()));
        List<String> left = new ArrayList<>(reached);
        while (!left.isEmpty()) {
            Stream<String> called = topology.service(left.removeFirst()).calls().stream();
            called.filter(name -> topology.services().containsKey(name) && reached.add(name))
                    .forEach(left::add);
        }
        return reached;
    }
}
