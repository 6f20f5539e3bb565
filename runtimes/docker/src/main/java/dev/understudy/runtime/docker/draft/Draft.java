package dev.understudy.runtime.docker.draft;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Refusal;
import dev.understudy.runtime.docker.engine.EngineReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The topology of a Compose project as it runs, as the text of a file: what each service is, listens on, calls and
/// keeps,
/// as far as the engine knows it. What was guessed says so.
public final class Draft {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final Pattern OUTSIDE =
            Pattern.compile("(?:^|//|@)([a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,})(?=[:/,\\s]|$)");
    private static final Pattern MAILS = Pattern.compile("(?i)(^|[-_.])(mail|mailer|smtp|postfix)");
    private static final Pattern TIMED = Pattern.compile("(?i)(^|[-_.])(cron|scheduler|beat|nightly|timer)");

    private final String project;
    private final EngineReading engine;
    private final Map<String, DraftService> services;

    private Draft(String project, EngineReading engine, Map<String, DraftService> services) {
        this.project = project;
        this.engine = engine;
        this.services = services;
    }

    /// Looks at a project that runs.
    /// @throws EnvironmentException if nothing of it runs, with the projects that do
    public static Draft of(String project, EngineReading engine) {
        Map<String, List<LiveContainer>> found = new LinkedHashMap<>();
        List<JsonNode> listed = new ArrayList<>();
        engine.containers(Map.of("label", List.of(PROJECT + "=" + project)), false)
                .forEach(listed::add);
        listed.sort(Comparator.comparing(each -> each.path("Names").path(0).asString("")));
        for (JsonNode each : listed) {
            JsonNode inspect = engine.container(each.path("Id").asString());
            String compose = each.path("Labels").path(SERVICE).asString("");
            List<LiveContainer> its = found.computeIfAbsent(compose, _ -> new ArrayList<>());
            its.add(new LiveContainer(
                    compose,
                    its.size(),
                    inspect,
                    engine.image(inspect.path("Image").asString())));
        }
        if (found.isEmpty()) {
            throw new EnvironmentException("no container of the project '" + project + "' runs in " + engine.address()
                    + "; there " + running(engine));
        }
        Map<String, DraftService> services = new LinkedHashMap<>();
        found.forEach((compose, containers) -> {
            String name = named(compose, services.keySet());
            services.put(name, new DraftService(name, compose, containers));
        });
        return new Draft(project, engine, services);
    }

    private static String running(EngineReading engine) {
        Set<String> projects = new TreeSet<>();
        engine.containers(Map.of("label", List.of(PROJECT)), false)
                .forEach(each -> projects.add(each.path("Labels").path(PROJECT).asString("")));
        return projects.isEmpty() ? "no project runs" : "run: " + String.join(", ", projects);
    }

    /// Compose allows names that a topology doesn't.
    private static String named(String compose, Set<String> taken) {
        String plain = compose.replaceAll("[^A-Za-z0-9_-]", "-");
        String name = plain.matches("[A-Za-z].*") ? plain : "s-" + plain;
        if (name.equals("env") || name.equals("users")) {
            name = name + "-service";
        }
        return taken.contains(name) ? name + "-2" : name;
    }

    /// The text of the topology file.
    public String text() {
        String entry = entry();
        List<String> lines = new ArrayList<>(List.of(
                "# The project '" + project + "' as it runs, as far as its engine knows it. What is not said here is",
                "# taken from the containers. Look at: what was guessed is marked so.",
                "topology: " + named(project, Set.of()),
                "docker: {project: " + project + allowed() + "}",
                "entry: " + entry + "   # guessed: what is published and calls most; the service that users reach",
                "services:"));
        services.values().forEach(service -> lines.addAll(lines(service)));
        lines.addAll(notes());
        return String.join("\n", lines) + "\n";
    }

    /// What is refused unless it is allowed is allowed here, by name: in a clone it is left out, or a copy.
    private String allowed() {
        Set<String> rules = new LinkedHashSet<>();
        shadowed()
                .forEach(service -> service.containers()
                        .forEach(container -> refusals(container).forEach(refusal -> rules.add(refusal.rule()))));
        return rules.isEmpty() ? "" : ", allow: [" + String.join(", ", rules) + "]";
    }

    private List<Refusal> refusals(LiveContainer container) {
        return Refusal.of(
                container,
                container.mounts().stream()
                        .filter(mount -> mount.type().equals("volume"))
                        .map(mount -> engine.volume(mount.name()))
                        .toList());
    }

    private List<DraftService> shadowed() {
        return services.values().stream()
                .filter(service -> !service.isOnHostNetwork())
                .toList();
    }

    /// What is published and speaks HTTP; of several the one that calls most.
    /// @throws EnvironmentException if nothing speaks HTTP
    private String entry() {
        return shadowed().stream()
                .filter(DraftService::speaksHttp)
                .max(Comparator.comparingInt(
                                (DraftService service) -> service.published().isPresent() ? 1 : 0)
                        .thenComparingInt(service -> calls(service).size())
                        .thenComparing(DraftService::name, Comparator.reverseOrder()))
                .map(DraftService::name)
                .orElseThrow(() -> new EnvironmentException("no service of the project '" + project
                        + "' seems to speak HTTP on a port that it exposes: " + services.keySet()));
    }

    /// The services that its texts name as a host.
    private Set<String> calls(DraftService service) {
        Set<String> calls = new TreeSet<>();
        for (DraftService other : shadowed()) {
            if (!other.equals(service) && !other.ports().isEmpty() && names(service, other)) {
                calls.add(other.name());
            }
        }
        return calls;
    }

    private static boolean names(DraftService caller, DraftService callee) {
        String names = callee.names().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Pattern host = Pattern.compile("(?:^|[/@,=\\s])(?:" + names + ")(?=[:/,;\\s]|$)");
        return caller.texts().stream().anyMatch(text -> host.matcher(text).find());
    }

    private List<String> lines(DraftService service) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + service.name() + ":");
        if (!service.name().equals(service.compose())) {
            lines.add("    container: \"" + service.compose() + "\"");
        }
        String kind = service.kind();
        if (!kind.equals("container")) {
            lines.add("    kind: " + kind);
        }
        if (kind.equals("postgres")) {
            String user = service.first().variable("POSTGRES_USER").orElse("postgres");
            lines.add("    database: "
                    + quoted(service.first().variable("POSTGRES_DB").orElse(user)));
            lines.add("    user: " + quoted(user));
        } else if (kind.equals("container") && !service.ports().isEmpty() && !service.speaksHttp()) {
            lines.add("    protocol: tcp                       # guessed from its port");
        }
        service.published().ifPresent(at -> lines.add("    at: " + at));
        if (!service.ports().isEmpty() && !service.isOnHostNetwork()) {
            lines.add("    ports: " + service.ports());
        }
        if (service.containers().size() > 1) {
            lines.add("    instances: " + service.containers().size());
        }
        Set<String> calls = calls(service);
        if (!calls.isEmpty()) {
            lines.add("    calls: [" + String.join(", ", calls) + "]   # guessed from its settings");
        }
        if (kind.equals("container") && !service.data().isEmpty()) {
            lines.add("    data: {dir: " + quoted(service.data().getFirst().destination()) + "}");
        }
        if (lines.size() == 1) {
            lines.set(0, "  " + service.name() + ": {}");
        }
        return lines;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// What a person should know of before the first rehearsal.
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (DraftService service : services.values()) {
            if (MAILS.matcher(service.name()).find()) {
                notes.add("# '" + service.name() + "' seems to send mail: in an arm it reaches nobody; 'services: {"
                        + service.name() + ": off}' in a scenario has calls refused and recorded");
            }
            if (TIMED.matcher(service.name()).find()) {
                notes.add("# '" + service.name() + "' seems to start work by the clock: 'services: {" + service.name()
                        + ": omit}' in a scenario leaves it out");
            }
            if (service.isOnHostNetwork()) {
                notes.add("# '" + service.name() + "' is on the network of its host and can't be in an arm");
            }
            service.containers()
                    .forEach(container -> refusals(container).stream()
                            .filter(_ -> !service.isOnHostNetwork())
                            .forEach(refusal -> notes.add("# allowed above: " + refusal)));
            outside(service)
                    .forEach(name -> notes.add("# '" + service.name() + "' names " + name
                            + ", which no arm reaches: calls are refused at once"));
        }
        return notes.stream().distinct().toList();
    }

    private static Set<String> outside(DraftService service) {
        Set<String> outside = new TreeSet<>();
        for (String text : service.texts()) {
            Matcher matcher = OUTSIDE.matcher(text);
            while (text.contains("://") && matcher.find()) {
                outside.add(matcher.group(1));
            }
        }
        return outside;
    }
}
