package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.syntax.Matching;
import dev.understudy.promql.syntax.Matching.Cardinality;
import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.Operator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An operator between two vectors: which elements belong together, and what becomes of their labels
/// (https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching).
final class VectorMatch {
    private final Evaluator evaluator;
    private final Node.Binary binary;
    private final Matching matching;
    private final Collection<String> ignored;

    VectorMatch(Evaluator evaluator, Node.Binary binary) {
        this.evaluator = evaluator;
        this.binary = binary;
        this.matching = binary.matching();
        this.ignored = Stream.concat(matching.labels().stream(), Stream.of(Labels.NAME))
                .collect(Collectors.toSet());
    }

    List<Sample> samples(List<Sample> left, List<Sample> right) {
        return switch (binary.operator()) {
            case AND -> matched(left, keys(right), true);
            case UNLESS -> matched(left, keys(right), false);
            case OR -> {
                List<Sample> both = new ArrayList<>(left);
                both.addAll(matched(right, keys(left), false));
                yield evaluator.distinct(binary, both);
            }
            default -> left.isEmpty() || right.isEmpty() ? List.of() : paired(left, right);
        };
    }

    private List<Sample> matched(List<Sample> samples, Set<Labels> others, boolean wanted) {
        return samples.stream()
                .filter(sample -> others.contains(key(sample)) == wanted)
                .toList();
    }

    private Set<Labels> keys(List<Sample> samples) {
        return samples.stream().map(this::key).collect(Collectors.toSet());
    }

    private Labels key(Sample sample) {
        return matching.on()
                ? sample.labels().only(matching.labels())
                : sample.labels().without(ignored);
    }

    private List<Sample> paired(List<Sample> left, List<Sample> right) {
        boolean manyRight = matching.cardinality() == Cardinality.ONE_TO_MANY;
        Map<Labels, Sample> ones = ones(manyRight ? left : right, manyRight ? "left" : "right");
        Set<Labels> taken = new HashSet<>();
        List<Sample> results = new ArrayList<>();
        for (Sample many : manyRight ? right : left) {
            @Nullable Sample one = ones.get(key(many));
            OptionalDouble value = one == null
                    ? OptionalDouble.empty()
                    : Operations.apply(binary, (manyRight ? one : many).value(), (manyRight ? many : one).value());
            if (one != null && value.isPresent()) {
                Labels labels = labels(many.labels(), one.labels());
                unique(taken, many, labels);
                results.add(new Sample(labels, value.getAsDouble()));
            }
        }
        return results;
    }

    private Map<Labels, Sample> ones(List<Sample> samples, String side) {
        Map<Labels, Sample> ones = new HashMap<>();
        for (Sample sample : samples) {
            if (ones.put(key(sample), sample) != null) {
                throw evaluator.error(
                        binary,
                        "more than one element on the %s side matches %s: many-to-many matching is not allowed"
                                .formatted(side, key(sample)));
            }
        }
        return ones;
    }

    private void unique(Set<Labels> taken, Sample many, Labels labels) {
        boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        if (!taken.add(oneToOne ? key(many) : labels)) {
            throw evaluator.error(
                    binary,
                    oneToOne
                            ? "more than one element on the left side matches " + key(many)
                                    + ": many-to-one matching has to be written (group_left, group_right)"
                            : "two elements would have the same labels " + labels);
        }
    }

    private Labels labels(Labels many, Labels one) {
        boolean renamed = binary.bool() || binary.operator().kind() == Operator.Kind.ARITHMETIC;
        Labels labels = renamed ? many.unnamed() : many;
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            return matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
        }
        for (String included : matching.include()) {
            labels = labels.with(included, one.get(included));
        }
        return labels;
    }
}
