package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.AnchoredPattern;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Matcher;
import dev.understudy.promql.syntax.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions that change labels and leave values alone.
final class LabelFunctions {
    private LabelFunctions() {}

    /// `label_replace(v, target, replacement, source, pattern)`: where the pattern does not match, nothing
    /// changes.
    static List<Sample> replaced(List<Sample> samples, List<String> arguments) {
        AnchoredPattern pattern = AnchoredPattern.of(arguments.get(3));
        return samples.stream()
                .map(sample -> new Sample(
                        pattern.expand(sample.labels().get(arguments.get(2)), arguments.get(1))
                                .map(value -> sample.labels().with(arguments.get(0), value))
                                .orElse(sample.labels()),
                        sample.value()))
                .toList();
    }

    /// `label_join(v, target, separator, source…)`.
    static List<Sample> joined(List<Sample> samples, List<String> arguments) {
        List<String> sources = arguments.subList(2, arguments.size());
        return samples.stream()
                .map(sample -> new Sample(
                        sample.labels()
                                .with(
                                        arguments.get(0),
                                        sources.stream()
                                                .map(sample.labels()::get)
                                                .collect(Collectors.joining(arguments.get(1)))),
                        sample.value()))
                .toList();
    }

    /// The labels that a selector demands exactly: what `absent` says is absent. A label that is demanded
    /// twice says nothing.
    static Labels demanded(Node node) {
        List<Matcher> matchers = switch (node) {
            case Node.Selector selector -> selector.matchers();
            case Node.Range range -> range.selector().matchers();
            default -> List.of();
        };
        Labels demanded = Labels.NONE;
        Set<String> seen = new HashSet<>(Set.of(Labels.NAME));
        for (Matcher matcher : matchers) {
            boolean exact = matcher.kind() == Matcher.Kind.EQUAL && seen.add(matcher.label());
            demanded = matcher.label().equals(Labels.NAME)
                    ? demanded
                    : demanded.with(matcher.label(), exact ? matcher.value() : "");
        }
        return demanded;
    }
}
