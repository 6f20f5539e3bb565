package dev.understudy.scenario.grammar;

import dev.understudy.promql.alerts.AlertRules;
import dev.understudy.promql.alerts.RuleGroup;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Monitoring.Alerting;
import dev.understudy.scenario.Monitoring.Scrape;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reads what is scraped, and which alert rules are evaluated.
final class MonitoringGrammar {
    static final String PAGE = "/metrics";
    static final Duration EVERY = Duration.ofSeconds(1);

    private final Reading reading;
    private final BiFunction<String, Place, List<RuleGroup>> ruleFiles;

    /// @param ruleFiles reads the rule file of that name, which stands at that place; notes its problems itself
    MonitoringGrammar(Reading reading, BiFunction<String, Place, List<RuleGroup>> ruleFiles) {
        this.reading = reading;
        this.ruleFiles = ruleFiles;
    }

    /// Of a `stability` that is a mapping.
    Monitoring read(Fields stability) {
        return new Monitoring(stability.list("scrape", 1, this::scrape), stability.optional("alerts", this::alerts));
    }

    private Scrape scrape(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the scrape", List.of("service", "path", "job", "every"));
        String service = fields.need(
                "service", "", (name, key) -> reading.service(name, key, Mention.Trait.RUNS, Mention.Trait.HTTP));
        return new Scrape(
                fields.place(),
                service,
                path(fields),
                fields.optional("job", reading.values()::text).orElse(service),
                every(reading, fields, EVERY));
    }

    /// The path of a metrics page.
    private String path(Fields fields) {
        return fields.optional("path", (node, what) -> reading.values().matching(node, what, Names.PATH, "a path"))
                .orElse(PAGE);
    }

    /// How often something is done: never without a pause.
    static Duration every(Reading reading, Fields fields, Duration usual) {
        Duration every = fields.time("every", usual);
        if (every.compareTo(Duration.ofMillis(100)) < 0) {
            fields.refuse("every", "must be at least 100ms");
            return usual;
        }
        return every;
    }

    private Alerting alerts(Node node, String what) {
        if (!(node instanceof Node.Mapping)) {
            return alerting(node, files(node, what), EVERY);
        }
        Fields fields = Fields.of(reading, node, what, List.of("files", "every"));
        Optional<Node> files = fields.need("files");
        return alerting(
                node, files.map(list -> files(list, "'files'")).orElse(List.of()), every(reading, fields, EVERY));
    }

    private record File(String name, Place place) {}

    private List<File> files(Node node, String what) {
        List<Node> nodes = node instanceof Node.Sequence ? reading.values().list(node, what, 1) : List.of(node);
        return nodes.stream()
                .map(file -> new File(reading.values().text(file, what), file.place()))
                .filter(file -> !file.name.isEmpty())
                .toList();
    }

    private Alerting alerting(Node node, List<File> files, Duration every) {
        List<RuleGroup> groups = files.stream()
                .flatMap(file -> ruleFiles.apply(file.name, file.place).stream())
                .toList();
        return new Alerting(node.place(), files.stream().map(File::name).toList(), new AlertRules(groups), every);
    }
}
