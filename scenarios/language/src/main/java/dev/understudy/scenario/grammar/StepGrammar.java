package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Common;
import dev.understudy.scenario.Step.Condition;
import dev.understudy.scenario.Step.Retry;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the steps of a rollback.
final class StepGrammar {
    private static final List<String> VERBS =
            List.of("http", "revert", "restoreData", "sql", "command", "manual", "waitUntil");
    private static final List<String> KEYS = Stream.concat(
                    VERBS.stream(), Stream.of("id", "needs", "timeout", "irreversible", "retry", "given", "uses"))
            .toList();
    private static final List<String> METHODS = List.of("get", "post", "put", "delete");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 100;
    private static final int OK = 200;
    private static final Condition.Query NO_QUERY = new Condition.Query("", "", "");

    private final Reading reading;
    private final Routes routes;

    StepGrammar(Reading reading) {
        this.reading = reading;
        this.routes = new Routes(reading);
    }

    Step step(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the step", KEYS);
        Common common = new Common(
                fields.need("id", "", (id, key) -> reading.values().matching(id, key, Names.ID, "an id")),
                fields.place(),
                fields.list("needs", 0, this::needed),
                fields.time("timeout", TIMEOUT),
                fields.flag("irreversible"),
                fields.optional("retry", this::retry).orElse(Retry.NEVER),
                fields.list("given", 1, (condition, key) -> condition(condition, "'given'")),
                fields.list("uses", 1, (name, key) -> reading.values().matching(name, key, Names.ID, "a resource")));
        String verb = fields.oneOf(VERBS).orElse("revert");
        Optional<Node> value = fields.node(verb);
        return switch (verb) {
            case "http" -> http(fields, common, value.orElse(node));
            case "sql" -> sql(common, value.orElse(node));
            case "command" -> command(common, value.orElse(node));
            case "manual" -> manual(fields, common, value.orElse(node));
            case "waitUntil" -> new Step.WaitUntil(common, condition(value.orElse(node), "'waitUntil'"));
            case "restoreData" ->
                new Step.RestoreData(
                        common,
                        fields.optional(
                                        verb,
                                        (name, key) ->
                                                reading.service(name, key, Mention.Trait.RUNS, Mention.Trait.STATEFUL))
                                .orElse(""));
            default -> value.map(found -> revert(common, found)).orElse(new Step.Revert(common, ""));
        };
    }

    /// Just the service, or a mapping that says how its instances are replaced.
    private Step revert(Common common, Node node) {
        if (!(node instanceof Node.Mapping)) {
            return new Step.Revert(common, reading.service(node, "'revert'", Mention.Trait.RUNS));
        }
        Fields fields = Fields.of(
                reading,
                node,
                "'revert'",
                Stream.concat(Stream.of("service"), ReplacementGrammar.KEYS.stream())
                        .toList());
        String service = fields.need("service", "", (name, key) -> reading.service(name, key, Mention.Trait.RUNS));
        return new Step.Revert(common, service, ReplacementGrammar.read(fields));
    }

    private String needed(Node node, String what) {
        String step = reading.values().matching(node, what, Names.ID, "the id of a step");
        if (!step.isEmpty()) {
            reading.mention(new Mention.OfStep(node.place(), step));
        }
        return step;
    }

    /// A request may carry its own timeout; it is the step's, which may then not be written twice.
    private Step http(Fields step, Common common, Node node) {
        Fields fields = Fields.of(
                reading,
                node,
                "'http'",
                Stream.concat(METHODS.stream(), Stream.of("status", "timeout")).toList());
        if (step.has("timeout")) {
            fields.refuse("timeout", "stands beside 'http' too: write it once");
        }
        String method = fields.oneOf(METHODS).orElse("get");
        Routes.Route route = fields.optional(method, routes::read).orElse(new Routes.Route("", ""));
        return new Step.Http(
                lasting(common, fields.optionalTime("timeout").orElse(common.timeout())),
                method.toUpperCase(Locale.ROOT),
                route.service(),
                route.path(),
                fields.count("status", 100, 599).map(Long::intValue));
    }

    private static Common lasting(Common common, Duration timeout) {
        return new Common(
                common.id(),
                common.place(),
                common.needs(),
                timeout,
                common.irreversible(),
                common.retry(),
                common.given(),
                common.uses());
    }

    private Retry retry(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("attempts", "backoff", "most"));
        long attempts = fields.need("attempts", 2L, (n, key) -> reading.values().count(n, key, 2, MOST_ATTEMPTS));
        return new Retry(
                Math.toIntExact(attempts), fields.time("backoff", BACKOFF), fields.time("most", LONGEST_BACKOFF));
    }

    /// A person has no time-out: the step takes as long as is written.
    private Step manual(Fields step, Common common, Node node) {
        Fields fields = Fields.of(reading, node, "'manual'", List.of("task", "takes"));
        step.refuse("timeout", "does not belong to 'manual': 'takes' says how long it takes");
        Duration takes = fields.neededTime("takes");
        return new Step.Manual(lasting(common, takes.plus(MARGIN)), fields.text("task"), takes);
    }

    private Step sql(Common common, Node node) {
        Fields fields = Fields.of(reading, node, "'sql'", List.of("service", "file"));
        return new Step.Sql(common, database(fields), fields.need("file", "", reading::existingFile));
    }

    private String database(Fields fields) {
        return fields.need(
                "service", "", (name, what) -> reading.service(name, what, Mention.Trait.DATABASE, Mention.Trait.RUNS));
    }

    private Step command(Common common, Node node) {
        if (node instanceof Node.Sequence) {
            List<String> words = reading.values().list(node, "'command'", 1).stream()
                    .map(word -> reading.values().looseText(word, "an item of 'command'"))
                    .toList();
            return new Step.Command(common, words, Map.of());
        }
        Fields fields = Fields.of(reading, node, "'command'", List.of("run", "environment"));
        fields.need("run");
        Map<String, Template> environment = ServiceGrammar.environment(reading, fields.node("environment"), "", false);
        return new Step.Command(common, fields.list("run", 1, reading.values()::looseText), environment);
    }

    private Condition condition(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("healthy", "get", "status", "sql"));
        String key = fields.oneOf(List.of("healthy", "get", "sql")).orElse("healthy");
        if (!key.equals("get")) {
            fields.refuse("status", "belongs to a 'get'");
        }
        return switch (key) {
            case "get" -> {
                Routes.Route route = fields.need(key, new Routes.Route("", ""), routes::read);
                int status = fields.count("status", 100, 599).orElse((long) OK).intValue();
                yield new Condition.Answers(route.service(), route.path(), status);
            }
            case "sql" -> fields.need(key, NO_QUERY, this::query);
            default ->
                new Condition.Healthy(
                        fields.optional(key, (name, word) -> reading.service(name, word, Mention.Trait.RUNS))
                                .orElse(""));
        };
    }

    private Condition.Query query(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("service", "query", "equals"));
        return new Condition.Query(
                database(fields), fields.text("query"), fields.need("equals", "", reading.values()::looseText));
    }
}
