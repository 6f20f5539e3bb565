package dev.understudy.promql.alerts;

/// A selector of a rule that never found a series: the rule could not see what it is meant to see.
///
/// @param selector as it could be written
public record UnseenSeries(String rule, RulePlace place, String selector) {}
