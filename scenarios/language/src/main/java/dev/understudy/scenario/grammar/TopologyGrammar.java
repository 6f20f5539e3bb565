package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a topology file.
public final class TopologyGrammar {
    private static final List<String> KEYS = List.of("topology", "docker", "entry", "mirror", "services");

    private final Reading reading;
    private final String file;
    private final Set<String> uncertain = new LinkedHashSet<>();
    private boolean complete = true;

    private TopologyGrammar(String file, Findings findings) {
        this.file = file;
        this.reading = new Reading(file, findings);
    }

    /// The topology whose root is `root`.
    public static TopologyDraft read(String file, Node root, Findings findings) {
        return new TopologyGrammar(file, findings).read(root);
    }

    private TopologyDraft read(Node root) {
        Fields fields = Fields.of(reading, root, "the topology", KEYS, TopLevel.RESERVED_KEYS);
        Optional<Topology.Docker> docker = fields.optional("docker", this::docker);
        Map<String, Service> services = services(fields.need("services"), docker.isPresent());
        Topology topology = new Topology(
                fields.need("topology", "", (node, what) -> reading.values().matching(node, what, Names.ID, "a name")),
                fields.place(),
                file.contains("/") ? file.substring(0, Math.max(1, file.lastIndexOf('/'))) : "",
                fields.need("entry", "", (node, what) -> reading.service(node, what, Mention.Trait.HTTP)),
                services,
                fields.optional("mirror", this::mirror),
                docker);
        return new TopologyDraft(topology, reading.mentions(), Set.copyOf(uncertain), complete);
    }

    private Topology.Docker docker(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("project", "allow"));
        return new Topology.Docker(
                fields.place(),
                fields.optional(
                        "project",
                        (name, key) -> reading.values().matching(name, key, Names.ID, "the name of a Compose project")),
                fields.list("allow", 0, (rule, key) -> reading.values().word(rule, key, ContainerGrammar.RULES)));
    }

    private Topology.MirrorPoint mirror(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("service", "at", "feed"));
        Endpoint nowhere = new Endpoint("", 0);
        return new Topology.MirrorPoint(
                fields.place(),
                fields.need("service", "", (name, key) -> reading.service(name, key, Mention.Trait.HTTP)),
                fields.need("at", nowhere, reading.values()::endpoint),
                fields.need("feed", nowhere, reading.values()::endpoint));
    }

    private Map<String, Service> services(Optional<Node> node, boolean docker) {
        Map<String, Service> services = new LinkedHashMap<>();
        if (node.isEmpty() || !(node.get() instanceof Node.Mapping mapping)) {
            complete = false;
            node.ifPresent(other ->
                    reading.findings().add(other.place(), "'services' must be a mapping, not " + other.described()));
            return services;
        }
        if (mapping.entries().isEmpty()) {
            reading.findings().add(mapping.place(), "'services' is empty");
        }
        for (Node.Entry entry : mapping.entries()) {
            int before = reading.findings().count();
            String name = reading.values().key(entry.name(), "service name", Names.SERVICE);
            services.put(
                    name,
                    docker
                            ? new ContainerGrammar(reading, name).read(entry.place(), entry.value())
                            : new ServiceGrammar(reading, name).read(entry.place(), entry.value()));
            if (reading.findings().count() > before) {
                uncertain.add(name);
            }
        }
        return services;
    }
}
