package dev.understudy.promql.alerts;

/// The result of a rule at one instant is not usable.
final class RuleRunException extends RuntimeException {
    RuleRunException(String message) {
        super(message);
    }
}
