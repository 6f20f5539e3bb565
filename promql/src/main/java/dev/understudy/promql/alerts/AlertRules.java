package dev.understudy.promql.alerts;

import java.util.List;

/// Prometheus' rule files as a value; whoever reads YAML makes it.
public record AlertRules(List<RuleGroup> groups) {
    public AlertRules {
        groups = List.copyOf(groups);
    }

    /// Everything that is wrong with the rules or not supported, in the order of the file; empty if they
    /// can be evaluated.
    public List<RuleProblem> problems() {
        return new RuleCheck().problems(this);
    }
}
