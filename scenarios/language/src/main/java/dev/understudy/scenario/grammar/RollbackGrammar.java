package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.RollbackProcedure.Budget;
import dev.understudy.scenario.RollbackProcedure.Order;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the configured way back: what it may cost, in which order, and what was accepted. Steps:
/// [StepGrammar].
final class RollbackGrammar {
    private static final Budget NOTHING = new Budget(Duration.ZERO, Optional.empty(), OptionalLong.empty());

    private final Reading reading;

    RollbackGrammar(Reading reading) {
        this.reading = reading;
    }

    RollbackProcedure read(Optional<Node> node, Place around) {
        return node.map(this::procedure)
                .orElse(new RollbackProcedure(around, NOTHING, Order.WRITTEN, List.of(), Optional.empty()));
    }

    private RollbackProcedure procedure(Node node) {
        Fields fields =
                Fields.of(reading, node, "'rollback'", List.of("budget", "order", "steps", "accept", "capacity"));
        fields.need("steps");
        return new RollbackProcedure(
                fields.place(),
                fields.need("budget", NOTHING, this::budget),
                fields.word("order", Order.class, Order.WRITTEN),
                fields.list("steps", 1, new StepGrammar(reading)::step),
                fields.optional("accept", this::accept),
                capacity(fields));
    }

    private Map<String, Integer> capacity(Fields fields) {
        Map<String, Integer> capacity = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("capacity"), "'capacity'", 1)) {
            String resource = reading.values().key(entry.name(), "name of a resource", Names.ID);
            long atOnce = reading.values().count(entry.value(), "'" + resource + "'", 1, Integer.MAX_VALUE);
            capacity.put(resource, Math.toIntExact(atOnce));
        }
        return capacity;
    }

    private Budget budget(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("recovery", "downtime", "lostWrites"));
        return new Budget(
                fields.neededTime("recovery"),
                fields.optionalTime("downtime"),
                fields.count("lostWrites", 0, Long.MAX_VALUE)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }

    private AcceptedOneWay accept(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("oneWay", "by", "until"));
        return new AcceptedOneWay(
                fields.place(), fields.text("oneWay"), fields.text("by"), fields.need("until", "", this::day));
    }

    private String day(Node node, String what) {
        String text = reading.values().text(node, what);
        if (!text.isEmpty()) {
            try {
                LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                reading.findings()
                        .add(node.place(), what + " must be a day such as 2027-01-31, not " + node.described());
            }
        }
        return text;
    }
}
