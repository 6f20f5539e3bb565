package dev.understudy.promql.alerts;

import dev.understudy.promql.Expression;
import dev.understudy.promql.PromQl;
import dev.understudy.promql.series.LabelText;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.syntax.PromQlException;
import dev.understudy.promql.syntax.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is wrong with rules, all at once. For one use.
final class RuleCheck {
    private final List<RuleProblem> problems = new ArrayList<>();

    List<RuleProblem> problems(AlertRules rules) {
        Set<String> names = new HashSet<>();
        for (RuleGroup group : rules.groups()) {
            if (!names.add(group.name().text())) {
                add(group.name(), "a second group called '" + group.name() + "'");
            }
            group.interval()
                    .filter(interval -> interval.isZero() || interval.isNegative())
                    .ifPresent(interval -> add(group.name(), "the interval of a group is longer than 0"));
            labels(group.labels(), false);
            group.rules().forEach(this::rule);
        }
        return List.copyOf(problems);
    }

    private void rule(Rule rule) {
        switch (rule) {
            case Rule.Alerting alerting -> {
                if (alerting.name().text().isEmpty()) {
                    add(alerting.name(), "an alert needs a name");
                }
                labels(alerting.labels(), true);
                alerting.annotations().forEach(this::labelName);
            }
            case Rule.Recording recording -> {
                if (!LabelText.isMetricName(recording.name().text())) {
                    add(recording.name(), "'" + recording.name() + "' is no metric name");
                }
                labels(recording.labels(), false);
            }
        }
        expression(rule.expression());
    }

    private void expression(RuleText text) {
        try {
            Expression expression = PromQl.parse(text.text());
            if (expression.type() != ValueType.VECTOR && expression.type() != ValueType.SCALAR) {
                add(text, "the expression of a rule yields an instant vector or a scalar");
            }
        } catch (PromQlException e) {
            problems.add(new RuleProblem(text.at(e.line(), e.column()), e.problem()));
        }
    }

    private void labels(Map<String, RuleText> labels, boolean templates) {
        labels.forEach((name, value) -> {
            labelName(name, value);
            if (name.equals(Labels.NAME)) {
                add(value, "a rule can't set " + Labels.NAME);
            }
            if (templates) {
                AlertTemplate.unsupported(value.text())
                        .ifPresent(action -> add(
                                value,
                                action + " is not supported in a label; supported are "
                                        + "{{ $labels.name }} and {{ $value }}"));
            }
        });
    }

    private void labelName(String name, RuleText value) {
        if (!LabelText.isLabelName(name)) {
            add(value, "'" + name + "' is no label name");
        }
    }

    private void add(RuleText at, String message) {
        problems.add(new RuleProblem(at.place(), message));
    }
}
