package dev.understudy.store.postgres;

/// What became of an SQL text.
///
/// @param succeeded whether all of it ran and, where it was one transaction, was committed
/// @param timedOut whether it was ended because its time was over
/// @param output the end of what there is to tell: statements with the rows they changed, notices,
///     and for an error its SQLSTATE, message, line and column; never the server's error detail,
///     which quotes rows
public record SqlOutcome(boolean succeeded, boolean timedOut, String output) {}
