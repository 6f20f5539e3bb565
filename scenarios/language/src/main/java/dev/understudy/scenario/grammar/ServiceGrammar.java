package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads one service of a topology.
final class ServiceGrammar {
    private static final List<String> COMMON = List.of("kind", "protocol", "at", "instances", "tags", "health", "stop");
    private static final List<String> OF_PROCESSES = List.of("version", "versions", "environment", "data");
    private static final List<String> OF_DATABASES = List.of("database", "user", "password", "init", "binaries");
    private static final List<String> KEYS =
            Stream.of(COMMON, OF_PROCESSES, OF_DATABASES).flatMap(List::stream).toList();
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(30);
    static final Duration GRACE = Duration.ofSeconds(10);
    static final int MOST_INSTANCES = 100;

    private final Reading reading;
    private final String name;

    ServiceGrammar(Reading reading, String name) {
        this.reading = reading;
        this.name = name;
    }

    Service read(Place place, Node node) {
        Fields fields = Fields.of(reading, node, "service '" + name + "'", KEYS);
        boolean looksLikeDatabase = OF_DATABASES.stream().anyMatch(fields::has);
        Service.Kind kind = fields.word(
                "kind",
                Service.Kind.class,
                fields.has("kind") && looksLikeDatabase ? Service.Kind.POSTGRES : Service.Kind.PROCESS);
        boolean database = kind == Service.Kind.POSTGRES;
        (database ? OF_PROCESSES : OF_DATABASES)
                .forEach(key -> fields.refuse(key, "is not for kind " + Words.of(kind)));
        List<Endpoint> at = at(fields, database);
        Service.Protocol protocol = fields.word(
                "protocol", Service.Protocol.class, database ? Service.Protocol.TCP : Service.Protocol.HTTP);
        if (database && protocol == Service.Protocol.HTTP) {
            fields.refuse("protocol", "of a database is tcp");
        }
        return new Service(
                name,
                place,
                kind,
                protocol,
                at,
                database ? "" : version(fields),
                database ? Map.of() : versions(fields),
                labels(fields),
                database ? Map.of() : environment(fields, name, true),
                database ? Optional.empty() : fields.optional("data", this::data),
                health(fields, protocol, at),
                fields.optional("stop", this::stop).orElse(new Service.Stop(GRACE)),
                database ? Optional.of(database(fields)) : Optional.empty());
    }

    private List<Endpoint> at(Fields fields, boolean database) {
        List<Endpoint> at = (database ? fields.need("at") : fields.node("at"))
                .map(node -> node instanceof Node.Sequence
                        ? fields.list("at", 1, reading.values()::endpoint)
                        : List.of(reading.values().endpoint(node, "'at'")))
                .orElse(List.of());
        if (database && at.size() > 1) {
            fields.refuse("at", "of a database is a single host:port");
        }
        int instances = Math.max(1, at.size());
        fields.count("instances", 1, MOST_INSTANCES)
                .filter(said -> said != instances)
                .ifPresent(said -> fields.refuse(
                        "instances",
                        "says " + said + ", but 'at' lists " + at.size() + " endpoint" + (at.size() == 1 ? "" : "s")));
        return at;
    }

    private String version(Fields fields) {
        return fields.need("version", "", (node, what) -> {
            String version = reading.values().matching(node, what, Names.VERSION, "a version such as \"1.0\"");
            if (!version.isEmpty()) {
                reading.mention(new Mention.OfVersion(node.place(), name, version));
            }
            return version;
        });
    }

    private Map<String, Service.Version> versions(Fields fields) {
        Map<String, Service.Version> versions = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.need("versions"), "'versions'", 1)) {
            String version = reading.values().key(entry.name(), "version name", Names.VERSION);
            versions.put(version, version(version, entry));
        }
        return versions;
    }

    private Service.Version version(String version, Node.Entry entry) {
        Fields fields = Fields.of(
                reading,
                entry.value(),
                "version '" + version + "' of '" + name + "'",
                List.of("command", "environment", "directory", "migrates"));
        fields.need("command");
        List<Template> command = fields.list("command", 1, (node, what) -> reading.template(node, what, name, true));
        return new Service.Version(
                version,
                entry.place(),
                command,
                environment(fields, name, true),
                fields.optional("directory", reading.values()::text),
                fields.optional("migrates", this::migration));
    }

    Service.StartMigration migration(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("db", "at", "history"));
        fields.need("at", "", (at, key) -> reading.values().word(at, key, List.of("start")));
        return new Service.StartMigration(
                fields.place(),
                fields.need("db", "", this::migrated),
                fields.optional(
                        "history",
                        (table, key) -> reading.values()
                                .matching(table, key, Names.TABLE, "a table such as flyway_schema_history")));
    }

    private String migrated(Node node, String what) {
        String database = reading.values().matching(node, what, Names.SERVICE, "a service's name");
        if (!database.isEmpty()) {
            reading.mention(new Mention.OfMigrated(node.place(), name, database));
        }
        return database;
    }

    Map<String, String> labels(Fields fields) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("tags"), "'tags'", 0)) {
            labels.put(entry.key(), reading.values().looseText(entry.value(), "tag '" + entry.key() + "'"));
        }
        return labels;
    }

    /// The variables under `environment` of any part of the language.
    static Map<String, Template> environment(Reading reading, Optional<Node> node, String owner, boolean declares) {
        Map<String, Template> environment = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(node, "'environment'", 0)) {
            String variable = reading.values().key(entry.name(), "variable name", Names.VARIABLE);
            if (variable.equals("PORT") && !owner.isEmpty()) {
                reading.findings().add(entry.place(), "PORT is set by the tool: it is what the service listens on");
            }
            environment.put(variable, reading.template(entry.value(), "variable " + variable, owner, declares));
        }
        return environment;
    }

    Map<String, Template> environment(Fields fields, String owner, boolean declares) {
        return environment(reading, fields.node("environment"), owner, declares);
    }

    private Service.DataDirectory data(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("dir", "env"));
        return new Service.DataDirectory(
                fields.place(),
                fields.text("dir"),
                fields.need(
                        "env",
                        "",
                        (value, key) -> reading.values()
                                .matching(value, key, Names.VARIABLE, "a variable name such as DATA_DIR")));
    }

    /// Whatever listens is ready when it accepts, unless told otherwise; what does not listen has no health.
    Optional<Service.Health> health(Fields fields, Service.Protocol protocol, List<Endpoint> at) {
        Optional<Service.Health> health = fields.optional("health", this::health);
        boolean asksHttp = health.flatMap(Service.Health::http).isPresent();
        if (asksHttp && protocol != Service.Protocol.HTTP) {
            fields.refuse("health", "asks over http, but '" + name + "' speaks tcp");
        }
        if (at.isEmpty()) {
            fields.refuse("health", "needs an 'at': '" + name + "' listens nowhere");
            return Optional.empty();
        }
        return Optional.of(health.orElse(new Service.Health(Optional.empty(), HEALTHY_WITHIN)));
    }

    Service.Health health(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("http", "within"));
        return new Service.Health(
                fields.optional(
                        "http",
                        (value, key) -> reading.values().matching(value, key, Names.PATH, "a path such as /health")),
                fields.time("within", HEALTHY_WITHIN));
    }

    Service.Stop stop(Node node, String what) {
        return new Service.Stop(Fields.of(reading, node, what, List.of("grace")).time("grace", GRACE));
    }

    Service.Database database(Fields fields) {
        return new Service.Database(
                fields.text("database"),
                fields.optional("user", reading.values()::text).orElse("postgres"),
                fields.list("init", 0, reading::existingFile),
                fields.optional("password", (node, what) -> reading.template(node, what, name, false)),
                fields.optional("binaries", reading.values()::text));
    }
}
