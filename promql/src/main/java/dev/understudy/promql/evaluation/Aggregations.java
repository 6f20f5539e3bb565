package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.LabelText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.syntax.Aggregator;
import dev.understudy.promql.syntax.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes one element of each group of elements
/// (https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators).
final class Aggregations {
    private final Evaluator evaluator;
    private final Node.Aggregation aggregation;
    private final Collection<String> dropped;

    Aggregations(Evaluator evaluator, Node.Aggregation aggregation) {
        this.evaluator = evaluator;
        this.aggregation = aggregation;
        this.dropped = Stream.concat(aggregation.labels().stream(), Stream.of(Labels.NAME))
                .collect(Collectors.toSet());
    }

    List<Sample> samples() {
        return switch (aggregation.aggregator()) {
            case TOPK -> first(Order.DESCENDING);
            case BOTTOMK -> first(Order.ASCENDING);
            case COUNT_VALUES -> evaluator.distinct(aggregation, countedValues());
            default -> reduced();
        };
    }

    private Map<Labels, List<Sample>> groups() {
        Map<Labels, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : evaluator.vector(aggregation.operand())) {
            groups.computeIfAbsent(group(sample.labels()), labels -> new ArrayList<>())
                    .add(sample);
        }
        return groups;
    }

    private Labels group(Labels labels) {
        return aggregation.without() ? labels.without(dropped) : labels.only(aggregation.labels());
    }

    private List<Sample> reduced() {
        double parameter = aggregation.aggregator() == Aggregator.QUANTILE ? parameter() : 0;
        List<Sample> results = new ArrayList<>();
        groups().forEach((labels, members) -> {
            double[] values = members.stream().mapToDouble(Sample::value).toArray();
            results.add(new Sample(labels, reduce(values, parameter)));
        });
        return results;
    }

    private double reduce(double[] values, double parameter) {
        return switch (aggregation.aggregator()) {
            case SUM -> Statistics.sum(values);
            case AVG -> Statistics.mean(values);
            case MIN -> Statistics.least(values);
            case MAX -> Statistics.greatest(values);
            case COUNT -> values.length;
            case GROUP -> 1;
            case STDDEV -> Math.sqrt(Statistics.variance(values));
            case STDVAR -> Statistics.variance(values);
            case QUANTILE -> Statistics.quantile(parameter, values);
            case TOPK, BOTTOMK, COUNT_VALUES ->
                throw new IllegalStateException(aggregation.aggregator() + " yields more than one number");
        };
    }

    private List<Sample> first(Comparator<Sample> order) {
        double wanted = parameter();
        if (Double.isNaN(wanted)) {
            throw evaluator.error(aggregation, "the number of elements is NaN");
        }
        long most = (long) wanted;
        return groups().values().stream()
                .flatMap(members -> members.stream().sorted(order).limit(Math.max(0, most)))
                .toList();
    }

    private List<Sample> countedValues() {
        String label = evaluator.string(aggregation.parameter().orElseThrow());
        if (!LabelText.isLabelName(label)) {
            throw evaluator.error(aggregation, "'" + label + "' is no label name");
        }
        Map<Labels, Integer> counts = new LinkedHashMap<>();
        groups().forEach((labels, members) -> members.forEach(
                member -> counts.merge(labels.with(label, FloatText.plain(member.value())), 1, Integer::sum)));
        return counts.entrySet().stream()
                .map(entry -> new Sample(entry.getKey(), entry.getValue()))
                .toList();
    }

    private double parameter() {
        return evaluator.scalar(aggregation.parameter().orElseThrow());
    }
}
