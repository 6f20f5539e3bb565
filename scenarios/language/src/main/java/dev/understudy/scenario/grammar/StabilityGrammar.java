package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Bound.Side;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.Quantity.Unit;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Count;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.NoData;
import dev.understudy.scenario.StabilityRule.Resource;
import dev.understudy.scenario.StabilityRule.Sampling;
import dev.understudy.scenario.StabilityRule.Target;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what must hold.
final class StabilityGrammar {
    private static final Pattern QUANTILE = Pattern.compile("latency-p([1-9][0-9]?(\\.[0-9]{1,3})?)");
    private static final Pattern STATUS = Pattern.compile("status-([1-5])(xx|[0-9]{2})");
    private static final Pattern COUNT = Pattern.compile("([1-9][0-9]{0,3}) of ([1-9][0-9]{0,3})");
    private static final List<String> SOURCES =
            List.of("link", "process", "scrape", "promql", "command", "sql", "http");
    private static final String EXIT = "process-exit";
    private static final Map<String, Resource> RESOURCES =
            Stream.of(Resource.values()).collect(Collectors.toMap(Resource::word, resource -> resource));
    private static final List<String> OF_PROCESSES = Stream.concat(
                    Stream.of(EXIT), Stream.of(Resource.values()).map(Resource::word))
            .toList();
    private static final int MOST = Integer.MAX_VALUE;

    private final Reading reading;
    private final LimitGrammar limits;
    private final SourceGrammar sources;

    StabilityGrammar(Reading reading) {
        this.reading = reading;
        this.limits = new LimitGrammar(reading);
        this.sources = new SourceGrammar(reading);
    }

    StabilityRule rule(Node node, String what) {
        String from = from(node);
        return switch (from) {
            case "link" -> measured(node);
            case "process" -> ofProcesses(node);
            case "" -> unknown(node);
            default -> asked(node, from);
        };
    }

    /// Whatever a rule of no known source may hold, its id can be mentioned.
    private StabilityRule unknown(Node node) {
        return new StabilityRule(
                value(node, "id")
                        .map(id -> reading.values().looseText(id, "'id'"))
                        .orElse(""),
                node.place(),
                new Metric.ErrorRate(),
                new Target.OfArm(),
                LimitGrammar.none(Side.MAX, Unit.SHARE),
                Duration.ZERO,
                OptionalLong.empty(),
                Sampling.USUAL);
    }

    /// Where its samples come from; without a word on that, the metric tells.
    private String from(Node node) {
        Optional<Node> written = value(node, "from");
        if (written.isPresent()) {
            return reading.values().word(written.get(), "'from'", SOURCES);
        }
        boolean process = value(node, "metric")
                .filter(metric -> metric instanceof Node.Scalar scalar && OF_PROCESSES.contains(scalar.text()))
                .isPresent();
        return process ? "process" : "link";
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .map(Node.Entry::value)
                        .findFirst()
                : Optional.empty();
    }

    private StabilityRule measured(Node node) {
        Fields fields = Fields.of(
                reading,
                node,
                "the rule",
                List.of("id", "from", "metric", "service", "link", "max", "for", "minRequests", "noData"));
        Optional<Metric> metric = fields.need("metric").flatMap(this::metric);
        Optional<Unit> unit = metric.map(known -> known instanceof Metric.Latency ? Unit.TIME : Unit.SHARE);
        return new StabilityRule(
                id(fields),
                fields.place(),
                metric.orElse(new Metric.ErrorRate()),
                target(fields, metric.isPresent()),
                limits.read(fields, List.of(Side.MAX), unit),
                fields.neededTime("for"),
                fields.count("minRequests", 1, MOST).map(OptionalLong::of).orElse(OptionalLong.empty()),
                sampling(fields, Sampling.USUAL.every(), Optional.empty()));
    }

    private String id(Fields fields) {
        return fields.need("id", "", (id, key) -> reading.values().matching(id, key, Names.ID, "an id"));
    }

    private static Sampling sampling(Fields fields, Duration every, Optional<Count> count) {
        return new Sampling(every, fields.word("noData", NoData.class, NoData.INCONCLUSIVE), count);
    }

    private Optional<Metric> metric(Node node) {
        String text = reading.values().text(node, "'metric'");
        if (text.equals("error-rate")) {
            return Optional.of(new Metric.ErrorRate());
        }
        Matcher status = STATUS.matcher(text);
        if (status.matches()) {
            int family = Integer.parseInt(status.group(1)) * 100;
            boolean whole = status.group(2).equals("xx");
            int first = family + (whole ? 0 : Integer.parseInt(status.group(2)));
            return Optional.of(new Metric.Status(first, whole ? family + 99 : first));
        }
        Matcher quantile = QUANTILE.matcher(text);
        if (quantile.matches()) {
            return Optional.of(new Metric.Latency(
                    new BigDecimal(quantile.group(1)).movePointLeft(2).doubleValue()));
        }
        if (!text.isEmpty()) {
            List<String> known = Stream.concat(
                            Stream.of("error-rate", "status-503", "latency-p99"), OF_PROCESSES.stream())
                    .toList();
            reading.findings()
                    .add(
                            node.place(),
                            "'metric' must be error-rate, " + String.join(", ", OF_PROCESSES)
                                    + ", a status such as status-503 or status-5xx, or a quantile such as latency-p99, not '"
                                    + Shortened.of(text) + "'",
                            Words.meant(text, known).orElse("Write one of these."));
        }
        return Optional.empty();
    }

    private Target target(Fields fields, boolean known) {
        return fields.oneOf(List.of("service", "link")).orElse("service").equals("link")
                ? new Target.OfLink(
                        fields.need("link", new Link("", ""), (node, what) -> reading.link(node, what, known)))
                : new Target.OfService(fields.optional(
                                "service",
                                (node, what) -> known
                                        ? reading.service(node, what, Mention.Trait.RUNS, Mention.Trait.HTTP)
                                        : reading.service(node, what, Mention.Trait.RUNS))
                        .orElse(""));
    }

    private StabilityRule ofProcesses(Node node) {
        boolean exit = value(node, "metric")
                .filter(metric ->
                        metric instanceof Node.Scalar scalar && scalar.text().equals(EXIT))
                .isPresent();
        List<String> more = exit ? List.of() : List.of("min", "samples", "every");
        Fields fields = Fields.of(
                reading,
                node,
                "the rule",
                Stream.concat(
                                Stream.of(
                                        "id",
                                        "from",
                                        "metric",
                                        "service",
                                        "link",
                                        "max",
                                        "for",
                                        "minRequests",
                                        "noData"),
                                more.stream())
                        .toList());
        fields.refuse(
                "link", exit ? "can't exit: process-exit is of a service" : "has no processes: write the service");
        fields.refuse("minRequests", "is for metrics of requests, not for " + (exit ? "process-exit" : "processes"));
        String word = fields.need("metric")
                .map(metric -> reading.values().word(metric, "'metric'", OF_PROCESSES))
                .orElse("");
        Metric metric = ofProcesses(word);
        Unit unit = metric instanceof Metric.Use(Resource resource) ? resource.unit() : Unit.COUNT;
        Duration every =
                exit ? Sampling.USUAL.every() : MonitoringGrammar.every(reading, fields, MonitoringGrammar.EVERY);
        Optional<Count> count = exit ? Optional.empty() : count(fields);
        return new StabilityRule(
                id(fields),
                fields.place(),
                metric,
                new Target.OfService(processes(fields)),
                limits.read(
                        fields,
                        exit ? List.of(Side.MAX) : List.of(Side.MAX, Side.MIN),
                        word.isEmpty() ? Optional.empty() : Optional.of(unit)),
                exit ? fields.neededTime("for") : lasting(fields, every, count),
                OptionalLong.empty(),
                sampling(fields, every, count));
    }

    private String processes(Fields fields) {
        return fields.has("link")
                ? ""
                : fields.need("service", "", (name, what) -> reading.service(name, what, Mention.Trait.RUNS));
    }

    private static Metric ofProcesses(String word) {
        Resource resource = RESOURCES.get(word);
        return resource == null ? new Metric.ProcessExit() : new Metric.Use(resource);
    }

    private StabilityRule asked(Node node, String from) {
        Fields fields = Fields.of(
                reading,
                node,
                "the rule",
                Stream.concat(
                                Stream.of("id", "from", "max", "min", "for", "samples", "every", "noData"),
                                SourceGrammar.keys(from).stream())
                        .toList());
        MetricSource source = sources.read(from, fields);
        Unit unit = source.measure() == MetricSource.Measure.FAILURES ? Unit.SHARE : Unit.NUMBER;
        Duration every = MonitoringGrammar.every(reading, fields, MonitoringGrammar.EVERY);
        Optional<Count> count = count(fields);
        return new StabilityRule(
                id(fields),
                fields.place(),
                new Metric.Sampled(source),
                source.service().<Target>map(Target.OfService::new).orElse(new Target.OfArm()),
                limits.read(
                        fields,
                        List.of(Side.MAX, Side.MIN),
                        SourceGrammar.isSaid(fields) ? Optional.of(unit) : Optional.empty()),
                lasting(fields, every, count),
                OptionalLong.empty(),
                sampling(fields, every, count));
    }

    /// `3 of 5` samples.
    private Optional<Count> count(Fields fields) {
        return fields.node("samples").map(node -> {
            String text = reading.values().matching(node, "'samples'", COUNT, "so many of so many, such as 3 of 5");
            Matcher matcher = COUNT.matcher(text);
            Count count = matcher.matches()
                    ? new Count(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    : new Count(1, 1);
            if (count.broken() > count.samples()) {
                reading.findings().add(node.place(), "'samples' asks for " + count.broken() + " of " + count.samples());
            }
            return count;
        });
    }

    /// A window is so long, or so many samples.
    private static Duration lasting(Fields fields, Duration every, Optional<Count> count) {
        String key = fields.oneOf(List.of("for", "samples")).orElse("for");
        return key.equals("samples") && count.isPresent()
                ? every.multipliedBy(count.get().samples())
                : fields.optionalTime("for").orElse(Duration.ZERO);
    }
}
