package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what starts the rollback: a broken rule, several, answers with a code, or several of these.
final class TriggerGrammar {
    private static final BreachPolicy ANY = new BreachPolicy(new Trigger.Any(), Duration.ofSeconds(30));
    private static final List<String> KINDS = List.of("atLeast", "code", "all", "any");
    private static final List<String> KEYS = List.of("atLeast", "of", "code", "count", "all", "any");
    private static final Pattern CLASS = Pattern.compile("([1-5])xx");
    private static final int MOST = Integer.MAX_VALUE;
    private static final int CLASS_SIZE = 100;

    private final Reading reading;

    TriggerGrammar(Reading reading) {
        this.reading = reading;
    }

    BreachPolicy breach(Optional<Node> node) {
        return node.map(this::breach).orElse(ANY);
    }

    private BreachPolicy breach(Node node) {
        Fields fields = Fields.of(reading, node, "'breach'", List.of("trigger", "within"));
        return new BreachPolicy(
                fields.optional("trigger", this::trigger).orElse(ANY.trigger()), fields.time("within", ANY.within()));
    }

    private Trigger trigger(Node node, String what) {
        if (node instanceof Node.Scalar) {
            reading.values().word(node, what, List.of("any"));
            return ANY.trigger();
        }
        return composed(node, what);
    }

    private Trigger composed(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, KEYS);
        String kind = fields.oneOf(KINDS).orElse("");
        if (kind.isEmpty()) {
            return new Trigger.Any();
        }
        if (!kind.equals("code")) {
            fields.refuse("count", "belongs to a 'code'");
        }
        if (!kind.equals("atLeast")) {
            fields.refuse("of", "belongs to 'atLeast'");
        }
        return switch (kind) {
            case "code" -> code(fields);
            case "all" -> all(fields.list("all", 1, this::part));
            case "any" -> new Trigger.Of(1, fields.list("any", 1, this::part));
            default -> atLeast(fields);
        };
    }

    private static Trigger all(List<Trigger> parts) {
        return new Trigger.Of(parts.size(), parts);
    }

    private Trigger atLeast(Fields fields) {
        int wanted = fields.count("atLeast", 1, MOST).orElse(1L).intValue();
        if (!fields.has("of")) {
            return new Trigger.AtLeast(wanted);
        }
        List<Trigger> parts = fields.list("of", 1, this::part);
        if (wanted > parts.size() && !parts.isEmpty()) {
            fields.refuse("atLeast", "asks for " + wanted + " of " + parts.size());
        }
        return new Trigger.Of(Math.min(wanted, Math.max(1, parts.size())), parts);
    }

    private Trigger part(Node node, String what) {
        if (!(node instanceof Node.Scalar)) {
            return composed(node, what);
        }
        String rule = reading.values().matching(node, what, Names.ID, "the id of a rule");
        if (!rule.isEmpty()) {
            reading.mention(new Mention.OfRule(node.place(), rule));
        }
        return new Trigger.Rule(rule);
    }

    private Trigger code(Fields fields) {
        int count = fields.need("count", 1L, (node, what) -> reading.values().count(node, what, 1, MOST))
                .intValue();
        Optional<Node> code = fields.node("code");
        Matcher family = CLASS.matcher(code.filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).text())
                .orElse(""));
        if (family.matches()) {
            int from = Integer.parseInt(family.group(1)) * CLASS_SIZE;
            return new Trigger.Code(from, from + CLASS_SIZE - 1, count);
        }
        int one =
                fields.count("code", CLASS_SIZE, 599).orElse((long) CLASS_SIZE).intValue();
        return new Trigger.Code(one, count);
    }
}
