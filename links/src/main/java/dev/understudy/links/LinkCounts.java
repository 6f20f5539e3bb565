package dev.understudy.links;

/// What a link counted since it was opened.
///
/// @param connections accepted from callers
/// @param open of these, not ended yet
/// @param refused not taken by the target, or turned away on purpose
/// @param malformed HTTP connections that carried something else and were passed on unmeasured from there
/// @param bytesFromClient bytes that came from callers; what was not passed on is held or lost
/// @param bytesToServer bytes passed on to the target
/// @param bytesToClient bytes passed on to the caller
public record LinkCounts(
        long connections,
        long open,
        long refused,
        long malformed,
        long bytesFromClient,
        long bytesToServer,
        long bytesToClient) {}
