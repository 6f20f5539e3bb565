package dev.understudy.promql.alerts;

/// A rule that could not be evaluated, once or more: what it would have said is not known.
///
/// @param firstAt nanoseconds of the timeline
/// @param times how often
/// @param message of the first time
public record RuleFailure(String rule, RulePlace place, long firstAt, long times, String message) {}
