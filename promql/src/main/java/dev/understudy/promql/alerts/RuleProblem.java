package dev.understudy.promql.alerts;

/// Something wrong or not supported in a rule file.
public record RuleProblem(RulePlace place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
