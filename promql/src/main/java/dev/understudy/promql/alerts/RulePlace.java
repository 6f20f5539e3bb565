package dev.understudy.promql.alerts;

/// Where something stands in a rule file; line and column count from 1.
public record RulePlace(String file, int line, int column) {

    /// `file:line:col`.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
