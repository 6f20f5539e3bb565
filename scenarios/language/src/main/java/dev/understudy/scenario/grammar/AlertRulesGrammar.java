package dev.understudy.scenario.grammar;

import dev.understudy.promql.alerts.AlertRules;
import dev.understudy.promql.alerts.Rule;
import dev.understudy.promql.alerts.RuleGroup;
import dev.understudy.promql.alerts.RulePlace;
import dev.understudy.promql.alerts.RuleProblem;
import dev.understudy.promql.alerts.RuleText;
import dev.understudy.promql.syntax.Durations;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import dev.understudy.scenario.tree.YamlFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a rule file of Prometheus, and everything that is wrong in it
/// (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/).
public final class AlertRulesGrammar {
    private static final String NOT_HERE = "is not supported";
    private static final Map<String, String> UNSUPPORTED =
            Map.of("query_offset", NOT_HERE, "partial_response_strategy", NOT_HERE);
    private static final RuleText NOTHING = new RuleText("", new RulePlace("", 1, 1));

    private final Reading reading;
    private final String text;

    private AlertRulesGrammar(Reading reading, String text) {
        this.reading = reading;
        this.text = text;
    }

    /// The groups of the rule file `name`. @param yaml what it holds
    public static List<RuleGroup> read(String name, YamlFile yaml, Findings findings) {
        int before = findings.count();
        List<RuleGroup> groups =
                new AlertRulesGrammar(new Reading(name, yaml.text(), findings), yaml.text()).groups(yaml.root());
        if (findings.count() == before) {
            for (RuleProblem problem : new AlertRules(groups).problems()) {
                findings.add(Passage.place(problem.place()), problem.message());
            }
        }
        return groups;
    }

    private List<RuleGroup> groups(Node root) {
        Fields fields = Fields.of(reading, root, "the rule file", List.of("groups"));
        fields.need("groups");
        return fields.list("groups", 0, this::group);
    }

    private RuleGroup group(Node node, String what) {
        Fields fields = Fields.of(
                reading, node, "the group", List.of("name", "interval", "limit", "labels", "rules"), UNSUPPORTED);
        return new RuleGroup(
                fields.need("name", NOTHING, this::written),
                fields.node("interval").map(interval -> duration(interval, "'interval'")),
                fields.count("limit", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
                labels(fields, "labels"),
                fields.list("rules", 0, this::rule));
    }

    private Rule rule(Node node, String what) {
        Fields fields = Fields.of(
                reading,
                node,
                "the rule",
                List.of("alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"));
        String kind = fields.oneOf(List.of("alert", "record")).orElse("alert");
        RuleText name = fields.optional(kind, this::written).orElse(NOTHING);
        RuleText expression = fields.need("expr", NOTHING, this::written);
        if (kind.equals("record")) {
            List.of("for", "keep_firing_for", "annotations")
                    .forEach(key -> fields.refuse(key, "belongs to an 'alert', not to a 'record'"));
            return new Rule.Recording(name, expression, labels(fields, "labels"));
        }
        return new Rule.Alerting(
                name,
                expression,
                fields.optional("for", this::duration).orElse(Duration.ZERO),
                fields.optional("keep_firing_for", this::duration).orElse(Duration.ZERO),
                labels(fields, "labels"),
                labels(fields, "annotations"));
    }

    private Map<String, RuleText> labels(Fields fields, String key) {
        Map<String, RuleText> labels = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node(key), "'" + key + "'", 0)) {
            labels.put(entry.key(), written(entry.value(), "'" + Shortened.of(entry.key()) + "'"));
        }
        return labels;
    }

    private RuleText written(Node node, String what) {
        if (node instanceof Node.Scalar scalar && scalar.type() != Node.Scalar.Type.NULL) {
            RuleText passage = Passage.of(text, scalar);
            boolean isFolded = what.equals("'expr'");
            return isFolded ? passage : new RuleText(scalar.text(), passage.place());
        }
        reading.values().looseText(node, what);
        Place place = node.place();
        return new RuleText("", new RulePlace(place.file(), place.line(), place.column()));
    }

    private Duration duration(Node node, String what) {
        String written = reading.values().looseText(node, what);
        Optional<Duration> duration = Durations.parse(written);
        if (duration.isEmpty() && !written.isEmpty()) {
            reading.findings()
                    .add(node.place(), what + " must be a duration such as 5m, not '" + Shortened.of(written) + "'");
        }
        return duration.orElse(Duration.ofSeconds(1));
    }
}
