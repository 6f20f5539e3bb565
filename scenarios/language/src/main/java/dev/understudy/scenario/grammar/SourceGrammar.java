package dev.understudy.scenario.grammar;

import dev.understudy.promql.PromQl;
import dev.understudy.promql.alerts.RuleText;
import dev.understudy.promql.syntax.PromQlException;
import dev.understudy.promql.syntax.ValueType;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.MetricSource.Measure;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads where the samples of a rule come from, when something has to be asked for them.
final class SourceGrammar {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Reading reading;
    private final Routes routes;

    SourceGrammar(Reading reading) {
        this.reading = reading;
        this.routes = new Routes(reading);
    }

    /// The keys of a rule that say what is asked.
    static List<String> keys(String from) {
        return switch (from) {
            case "scrape" -> List.of("service", "path", "series");
            case "promql" -> List.of("expr");
            case "command" -> List.of("command", "environment", "metric", "timeout");
            case "sql" -> List.of("service", "query", "timeout");
            case "http" -> List.of("get", "status", "value", "timeout");
            default -> List.of();
        };
    }

    /// Whether it is clear what counts of a program; else its limit has no known unit.
    static boolean isSaid(Fields fields) {
        return fields.node("metric")
                .filter(node -> !(node instanceof Node.Scalar scalar
                        && Words.of(Measure.class).contains(scalar.text())))
                .isEmpty();
    }

    MetricSource read(String from, Fields fields) {
        return switch (from) {
            case "scrape" -> scrape(fields);
            case "promql" -> new MetricSource.PromQl(fields.need("expr", "", this::expression));
            case "command" -> command(fields);
            case "sql" ->
                new MetricSource.Sql(
                        fields.need(
                                "service",
                                "",
                                (name, what) ->
                                        reading.service(name, what, Mention.Trait.DATABASE, Mention.Trait.RUNS)),
                        fields.text("query"),
                        fields.time("timeout", TIMEOUT));
            default -> http(fields);
        };
    }

    private MetricSource scrape(Fields fields) {
        return new MetricSource.Scrape(
                fields.need(
                        "service",
                        "",
                        (name, what) -> reading.service(name, what, Mention.Trait.RUNS, Mention.Trait.HTTP)),
                fields.optional("path", (node, what) -> reading.values().matching(node, what, Names.PATH, "a path"))
                        .orElse(MonitoringGrammar.PAGE),
                fields.need("series", "", this::selector));
    }

    private String selector(Node node, String what) {
        String text = reading.values().text(node, what).isEmpty() ? "" : expression(node, what);
        if (!text.isEmpty() && !isSelector(text)) {
            reading.findings()
                    .add(
                            node.place(),
                            what + " must be the name of a metric, perhaps with labels in braces",
                            "Write an expression with from: promql.");
        }
        return text;
    }

    private static boolean isSelector(String text) {
        return PromQl.parse(text).root() instanceof dev.understudy.promql.syntax.Node.Selector;
    }

    private String expression(Node node, String what) {
        String loose = reading.values().looseText(node, what);
        if (loose.isEmpty() || !(node instanceof Node.Scalar scalar)) {
            return "";
        }
        RuleText passage = reading.passage(scalar);
        try {
            ValueType type = PromQl.parse(passage.text()).type();
            if (type == ValueType.VECTOR || type == ValueType.SCALAR) {
                return loose;
            }
            reading.findings().add(node.place(), what + " must yield an instant vector or a scalar");
        } catch (PromQlException e) {
            reading.findings().add(Passage.place(passage.at(e.line(), e.column())), "PromQL: " + e.problem());
        }
        return "";
    }

    private MetricSource command(Fields fields) {
        fields.need("command");
        Map<String, Template> environment = ServiceGrammar.environment(reading, fields.node("environment"), "", false);
        return new MetricSource.Command(
                fields.list("command", 1, reading.values()::looseText),
                environment,
                fields.word("metric", Measure.class, Measure.VALUE),
                fields.time("timeout", TIMEOUT));
    }

    private MetricSource http(Fields fields) {
        Routes.Route route = fields.need("get", new Routes.Route("", ""), routes::read);
        Optional<String> pointer = fields.optional("value", reading.values()::pointer);
        return new MetricSource.Http(
                route.service(),
                route.path(),
                fields.count("status", 100, 599).map(Long::intValue),
                pointer,
                fields.time("timeout", TIMEOUT));
    }
}
