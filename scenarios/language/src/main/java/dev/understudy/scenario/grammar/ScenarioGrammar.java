package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.Expectation;
import dev.understudy.scenario.Scenario.LiveLimits;
import dev.understudy.scenario.Scenario.LiveSource;
import dev.understudy.scenario.Scenario.Objective;
import dev.understudy.scenario.Scenario.OptimizeSpec;
import dev.understudy.scenario.Scenario.Steady;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.YamlFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a scenario file; its parts are read by the other grammars of this package.
public final class ScenarioGrammar {
    static final String NOT_YET = "is not supported yet by this version";
    private static final List<String> KEYS = List.of(
            "scenario",
            "description",
            "seed",
            "expect",
            "live",
            "shadow",
            "traffic",
            "change",
            "deviations",
            "stability",
            "breach",
            "rollback",
            "ledger",
            "verify",
            "steady",
            "optimize");
    private static final List<String> VERDICTS = List.of("GO", "NO_GO", "INCONCLUSIVE");
    private static final List<String> REVERSIBILITIES = List.of("REVERSIBLE", "REVERSIBLE_WITH_LOSS", "ONE_WAY");
    private static final Pattern HAZARD = Pattern.compile("H[0-9]{1,3}");
    private static final long FIRST_SEED = 1;
    private static final Steady STEADY = new Steady(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private static final int FEWEST_PAIRS = 3;
    private static final int MOST_PAIRS = 1000;

    private final Reading reading;
    private final DeviationGrammar deviations;
    private final MonitoringGrammar monitoring;
    private final Beside beside;
    private Place topologyPlace;
    private String bundleWritten = "";

    private ScenarioGrammar(Reading reading, Kinds kinds, Beside beside, Place top) {
        this.reading = reading;
        this.deviations = new DeviationGrammar(reading, kinds);
        this.monitoring = new MonitoringGrammar(reading, beside.ruleFiles());
        this.beside = beside;
        this.topologyPlace = top;
    }

    /// The scenario in `yaml`, with what it names beside itself.
    public static ScenarioDraft read(String file, YamlFile yaml, Findings findings, Kinds kinds, Beside beside) {
        Reading reading = new Reading(file, yaml.text(), findings);
        Node root = yaml.root();
        return new ScenarioGrammar(reading, kinds, beside, root.place()).read(file, root);
    }

    private ScenarioDraft read(String file, Node root) {
        Fields fields = Fields.of(reading, root, "the scenario", KEYS, TopLevel.RESERVED_KEYS);
        LiveSource live = fields.need("live", new LiveSource("", false), this::live);
        TopologyDraft topology = live.topologyFile().isEmpty()
                ? TopologyDraft.unknown(file)
                : beside.topologies().apply(live.topologyFile(), topologyPlace);
        Stability stability = stability(fields);
        Scenario scenario = new Scenario(
                fields.need("scenario", "", (node, what) -> reading.values().matching(node, what, Names.ID, "a name")),
                fields.place(),
                fields.optional("description", reading.values()::looseText).orElse(""),
                fields.count("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(FIRST_SEED),
                fields.optional("expect", this::expect),
                live,
                topology.topology(),
                ShadowGrammar.read(reading, fields.node("shadow")),
                fields.need(
                        "traffic",
                        TrafficGrammar.NONE,
                        new TrafficGrammar(reading, live.bundle(), bundleWritten)::traffic),
                needed(fields, "change", new ChangeGrammar(reading)::change),
                fields.list("deviations", 0, deviations::deviation),
                stability.rules(),
                new TriggerGrammar(reading).breach(fields.node("breach")),
                new RollbackGrammar(reading).read(fields.need("rollback"), fields.place()),
                fields.list("ledger", 0, new PromiseGrammar(reading)::entry),
                fields.list("verify", 0, new PromiseGrammar(reading)::differences).stream()
                        .flatMap(List::stream)
                        .toList(),
                fields.optional("steady", this::steady).orElse(STEADY),
                fields.optional("optimize", this::optimize),
                stability.monitoring());
        return new ScenarioDraft(scenario, topology, reading.mentions(), sections(root));
    }

    private static Map<String, Place> sections(Node root) {
        return root instanceof Node.Mapping mapping
                ? mapping.entries().stream().collect(Collectors.toMap(Node.Entry::key, Node.Entry::place))
                : Map.of();
    }

    private record Stability(List<StabilityRule> rules, Monitoring monitoring) {}

    /// A list of rules, or a mapping of rules, alert rules and what is scraped.
    private Stability stability(Fields scenario) {
        StabilityGrammar rules = new StabilityGrammar(reading);
        Optional<Node> node = scenario.node("stability");
        if (node.isEmpty() || !(node.get() instanceof Node.Mapping)) {
            return new Stability(needed(scenario, "stability", rules::rule), Monitoring.NONE);
        }
        Fields fields = Fields.of(reading, node.get(), "'stability'", List.of("rules", "alerts", "scrape"));
        if (!fields.has("alerts")) {
            fields.need("rules");
        }
        return new Stability(fields.list("rules", 1, rules::rule), monitoring.read(fields));
    }

    /// A list that must be there and hold something.
    private static <T> List<T> needed(Fields fields, String key, BiFunction<Node, String, T> read) {
        fields.need(key);
        return fields.list(key, 1, read);
    }

    private LiveSource live(Node node, String what) {
        Fields fields = Fields.of(
                reading, node, what, List.of("topology", "bundle", "start", "guard"), Map.of("docker", NOT_YET));
        if (!fields.has("bundle")) {
            fields.oneOf(List.of("topology"));
        }
        topologyPlace = fields.node("topology")
                .or(() -> fields.node("bundle"))
                .map(Node::place)
                .orElse(fields.place());
        Optional<String> topology = fields.optional("topology", reading.values()::text);
        if (fields.has("bundle")) {
            return bundled(fields, topology);
        }
        return new LiveSource(
                topology.orElse(""),
                fields.flag("start"),
                fields.optional("guard", this::guard).orElse(LiveLimits.USUAL));
    }

    private LiveSource bundled(Fields fields, Optional<String> topology) {
        fields.refuse("start", "can't stand beside 'bundle': there is no live system to start");
        fields.refuse("guard", "can't stand beside 'bundle': there is no live system that could suffer");
        Optional<Bundle> bundle = fields.optional("bundle", reading.values()::text)
                .filter(written -> !written.isEmpty())
                .flatMap(written -> {
                    bundleWritten = written;
                    return beside.bundles().apply(written, placeOfBundle(fields));
                });
        return new LiveSource(
                topology.or(() -> bundle.map(taken -> taken.topology().from())).orElse(""),
                false,
                LiveLimits.USUAL,
                bundle);
    }

    private static Place placeOfBundle(Fields fields) {
        return fields.node("bundle").map(Node::place).orElse(fields.place());
    }

    private LiveLimits guard(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("p99", "io", "memory"));
        return new LiveLimits(fields.optionalTime("p99"), fields.optionalShare("io"), fields.optionalShare("memory"));
    }

    private Expectation expect(Node node, String what) {
        if (node instanceof Node.Scalar) {
            return new Expectation(node.place(), verdict(node, what), Optional.empty(), Optional.empty());
        }
        Fields fields = Fields.of(reading, node, what, List.of("verdict", "reversibility", "hazards"));
        return new Expectation(
                fields.place(),
                fields.node("verdict").flatMap(word -> verdict(word, "'verdict'")),
                fields.node("reversibility")
                        .map(word -> reading.values().word(word, "'reversibility'", REVERSIBILITIES))
                        .filter(word -> !word.isEmpty()),
                fields.has("hazards") ? Optional.of(fields.list("hazards", 0, this::hazard)) : Optional.empty());
    }

    private Optional<String> verdict(Node node, String what) {
        return Optional.of(reading.values().word(node, what, VERDICTS)).filter(word -> !word.isEmpty());
    }

    private String hazard(Node node, String what) {
        return reading.values().matching(node, what, HAZARD, "a hazard such as H12");
    }

    private Steady steady(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("for", "within"));
        return new Steady(fields.time("for", STEADY.lasting()), fields.time("within", STEADY.within()));
    }

    private OptimizeSpec optimize(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("pairs", "objective"));
        return new OptimizeSpec(
                fields.count("pairs", FEWEST_PAIRS, MOST_PAIRS)
                        .orElse((long) FEWEST_PAIRS)
                        .intValue(),
                fields.word("objective", Objective.class, Objective.RECOVERY));
    }
}
