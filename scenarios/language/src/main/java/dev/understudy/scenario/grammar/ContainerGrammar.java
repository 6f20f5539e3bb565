package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Service.StoreKind;
import dev.understudy.scenario.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads one service of a topology whose services are containers. What is not said here is taken from the container
/// that runs.
final class ContainerGrammar {
    /// What is refused unless a topology allows it; what each means stands in the schema.
    static final List<String> RULES = List.of(
            "docker-socket", "privileged", "host-network", "host-pid", "devices", "writable-binds", "network-volumes");

    /// The version that live runs, which need not be declared.
    static final String LIVE = "live";

    private static final List<String> KINDS = List.of("container", "postgres", "mysql", "mariadb", "redis");
    private static final List<String> KEYS = List.of(
            "kind",
            "container",
            "protocol",
            "at",
            "ports",
            "instances",
            "calls",
            "tags",
            "health",
            "stop",
            "versions",
            "data",
            "database",
            "user",
            "password",
            "init");
    private static final List<String> OF_POSTGRES = List.of("database", "user", "password", "init");
    private static final Map<String, Integer> USUAL_PORTS =
            Map.of("postgres", 5432, "mysql", 3306, "mariadb", 3306, "redis", 6379);
    private static final int HIGHEST_PORT = 65_535;

    private final Reading reading;
    private final String name;
    private final ServiceGrammar common;

    ContainerGrammar(Reading reading, String name) {
        this.reading = reading;
        this.name = name;
        this.common = new ServiceGrammar(reading, name);
    }

    Service read(Place place, Node node) {
        Fields fields = Fields.of(reading, node, "service '" + name + "'", KEYS);
        String kind = fields.optional("kind", (word, what) -> reading.values().word(word, what, KINDS))
                .orElse("container");
        boolean store = !kind.equals("container");
        boolean postgres = kind.equals("postgres");
        if (!postgres) {
            OF_POSTGRES.forEach(key -> fields.refuse(key, "is not for kind " + kind));
        }
        Service.Protocol protocol =
                fields.word("protocol", Service.Protocol.class, store ? Service.Protocol.TCP : Service.Protocol.HTTP);
        if (store && protocol == Service.Protocol.HTTP) {
            fields.refuse("protocol", "of a database is tcp");
        }
        List<Integer> ports = ports(fields, kind);
        List<Endpoint> at = at(fields, ports, store);
        Map<String, Service.Version> versions = versions(fields);
        return new Service(
                name,
                place,
                postgres ? Service.Kind.POSTGRES : Service.Kind.PROCESS,
                protocol,
                at,
                postgres ? "" : LIVE,
                versions,
                common.labels(fields),
                Map.of(),
                fields.optional("data", this::data),
                common.health(fields, protocol, at),
                fields.optional("stop", common::stop).orElse(new Service.Stop(ServiceGrammar.GRACE)),
                postgres ? Optional.of(common.database(fields)) : Optional.empty(),
                Optional.of(new Service.Container(
                        fields.optional(
                                        "container",
                                        (value, key) -> reading.values()
                                                .matching(value, key, Names.ID, "the name of a container"))
                                .orElse(name),
                        ports.isEmpty()
                                ? at.stream().map(Endpoint::port).distinct().toList()
                                : ports,
                        fields.list("calls", 0, this::called),
                        store(kind))));
    }

    private static StoreKind store(String kind) {
        return switch (kind) {
            case "postgres" -> StoreKind.POSTGRES;
            case "mysql" -> StoreKind.MYSQL;
            case "mariadb" -> StoreKind.MARIADB;
            case "redis" -> StoreKind.REDIS;
            default -> StoreKind.FILES;
        };
    }

    private List<Integer> ports(Fields fields, String kind) {
        List<Integer> ports =
                fields.list("ports", 1, (port, what) -> (int) reading.values().count(port, what, 1, HIGHEST_PORT));
        Integer usual = USUAL_PORTS.get(kind);
        return ports.isEmpty() && usual != null ? List.of(usual) : ports;
    }

    /// Where it is published in live; if it isn't, an endpoint an instance that only its own network knows.
    private List<Endpoint> at(Fields fields, List<Integer> ports, boolean store) {
        List<Endpoint> published = fields.node("at")
                .map(node -> node instanceof Node.Sequence
                        ? fields.list("at", 1, reading.values()::endpoint)
                        : List.of(reading.values().endpoint(node, "'at'")))
                .orElse(List.of());
        int instances = fields.count("instances", 1, store ? 1 : ServiceGrammar.MOST_INSTANCES)
                .map(Long::intValue)
                .orElse(Math.max(1, published.size()));
        if (published.size() > instances) {
            fields.refuse("at", "lists " + published.size() + " endpoints, but 'instances' says " + instances);
        }
        if (published.isEmpty() && ports.isEmpty()) {
            return List.of();
        }
        List<Endpoint> all = new ArrayList<>(published);
        int port = ports.isEmpty() ? published.getFirst().port() : ports.getFirst();
        IntStream.range(published.size(), instances)
                .mapToObj(index -> new Endpoint(index == 0 ? name : name + "-" + (index + 1), port))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private String called(Node node, String what) {
        return reading.service(node, what);
    }

    private Map<String, Service.Version> versions(Fields fields) {
        Map<String, Service.Version> versions = new LinkedHashMap<>();
        versions.put(LIVE, new Service.Version(LIVE, fields.place(), List.of(), Map.of(), Optional.empty()));
        for (Node.Entry entry : reading.values().entries(fields.node("versions"), "'versions'", 1)) {
            String version = reading.values().key(entry.name(), "version name", Names.VERSION);
            if (version.equals(LIVE)) {
                reading.findings().add(entry.place(), "version 'live' is what runs: it can't be declared");
            } else {
                versions.put(version, version(version, entry));
            }
        }
        return versions;
    }

    private Service.Version version(String version, Node.Entry entry) {
        Fields fields = Fields.of(
                reading,
                entry.value(),
                "version '" + version + "' of '" + name + "'",
                List.of("image", "command", "environment", "files", "migrates"));
        return new Service.Version(
                version,
                entry.place(),
                fields.list("command", 1, (node, what) -> reading.template(node, what, name, false)),
                ServiceGrammar.environment(reading, fields.node("environment"), "", false),
                Optional.empty(),
                fields.optional("migrates", common::migration),
                new Service.Packaging(fields.optional("image", reading.values()::text), files(fields)));
    }

    private Map<String, String> files(Fields fields) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("files"), "'files'", 0)) {
            String target = reading.values().key(entry.name(), "path in the container", Names.PATH);
            files.put(target, reading.existingFile(entry.value(), "file '" + target + "'"));
        }
        return files;
    }

    private Service.DataDirectory data(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("dir"));
        return new Service.DataDirectory(
                fields.place(),
                fields.need(
                        "dir",
                        "",
                        (value, key) -> reading.values()
                                .matching(value, key, Names.PATH, "a path in the container such as /var/lib/data")),
                "");
    }
}
