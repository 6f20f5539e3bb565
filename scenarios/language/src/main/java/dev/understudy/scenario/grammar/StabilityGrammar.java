package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.Target;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what must hold, and when a broken rule starts the rollback.
final class StabilityGrammar {
    private static final Pattern QUANTILE = Pattern.compile("latency-p([1-9][0-9]?(\\.[0-9]{1,3})?)");
    private static final BreachPolicy ANY = new BreachPolicy(new Trigger.Any(), Duration.ofSeconds(30));
    private static final Quantity NO_MAX = new Quantity(Quantity.Unit.COUNT, 0, "0");
    private static final int MOST = Integer.MAX_VALUE;

    private final Reading reading;

    StabilityGrammar(Reading reading) {
        this.reading = reading;
    }

    StabilityRule rule(Node node, String what) {
        Fields fields = Fields.of(
                reading, node, "the rule", List.of("id", "metric", "service", "link", "max", "for", "minRequests"));
        Optional<Metric> metric = fields.need("metric").flatMap(this::metric);
        if (metric.filter(Metric.ProcessExit.class::isInstance).isPresent()) {
            fields.refuse("link", "can't exit: process-exit is of a service");
            fields.refuse("minRequests", "is for metrics of requests, not for process-exit");
        }
        return new StabilityRule(
                fields.need("id", "", (id, key) -> reading.values().matching(id, key, Names.ID, "an id")),
                fields.place(),
                metric.orElse(new Metric.ErrorRate()),
                target(fields, metric),
                max(fields, metric),
                fields.neededTime("for"),
                fields.count("minRequests", 1, MOST).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private Optional<Metric> metric(Node node) {
        String text = reading.values().text(node, "'metric'");
        if (text.equals("error-rate")) {
            return Optional.of(new Metric.ErrorRate());
        }
        if (text.equals("process-exit")) {
            return Optional.of(new Metric.ProcessExit());
        }
        Matcher quantile = QUANTILE.matcher(text);
        if (quantile.matches()) {
            return Optional.of(new Metric.Latency(
                    new BigDecimal(quantile.group(1)).movePointLeft(2).doubleValue()));
        }
        if (!text.isEmpty()) {
            List<String> known = List.of("error-rate", "process-exit", "latency-p99");
            reading.findings()
                    .add(
                            node.place(),
                            "'metric' must be error-rate, process-exit or a quantile such as latency-p99, not '"
                                    + Shortened.of(text) + "'",
                            Words.meant(text, known).orElse("Write one of these."));
        }
        return Optional.empty();
    }

    private Target target(Fields fields, Optional<Metric> metric) {
        boolean http =
                metric.filter(known -> !(known instanceof Metric.ProcessExit)).isPresent();
        return fields.oneOf(List.of("service", "link")).orElse("service").equals("link")
                ? new Target.OfLink(
                        fields.need("link", new Link("", ""), (node, what) -> reading.link(node, what, http)))
                : new Target.OfService(fields.optional(
                                "service",
                                (node, what) -> http
                                        ? reading.service(node, what, Mention.Trait.RUNS, Mention.Trait.HTTP)
                                        : reading.service(node, what, Mention.Trait.RUNS))
                        .orElse(""));
    }

    private Quantity max(Fields fields, Optional<Metric> metric) {
        Optional<Node> max = fields.need("max");
        if (metric.isEmpty()) {
            return NO_MAX;
        }
        Quantity.Unit unit = switch (metric.get()) {
            case Metric.ErrorRate _ -> Quantity.Unit.SHARE;
            case Metric.Latency _ -> Quantity.Unit.TIME;
            case Metric.ProcessExit _ -> Quantity.Unit.COUNT;
        };
        return max.flatMap(node -> reading.values().quantity(node, "'max'", unit))
                .orElse(NO_MAX);
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
        Fields fields = Fields.of(reading, node, what, List.of("atLeast", "code", "count"));
        if (fields.oneOf(List.of("atLeast", "code")).orElse("").equals("code")) {
            return new Trigger.Code(whole(fields, "code", 100, 599), whole(fields, "count", 1, MOST));
        }
        fields.refuse("count", "belongs to a 'code'");
        return new Trigger.AtLeast(fields.count("atLeast", 1, MOST).orElse(1L).intValue());
    }

    private int whole(Fields fields, String key, int least, int most) {
        return fields.need(key, (long) least, (node, what) -> reading.values().count(node, what, least, most))
                .intValue();
    }
}
