package dev.understudy.runtime.docker.agent;

/// How far the tool's clock is ahead of the agent's, in nanoseconds, estimated from a question and its answer
/// (Cristian, Probabilistic clock synchronization, 1989): the agent read its clock somewhere between the two,
/// so the middle is wrong by at most half the round trip.
///
/// @param nanos what to add to a time of the agent's
/// @param boundNanos by how much that may be wrong, when it was estimated
/// @param atNanos when that was, on the tool's clock
record ClockOffset(long nanos, long boundNanos, long atNanos) {
    /// By how much two clocks may drift apart, in parts per million: what the kernel lets NTP slew them by.
    private static final long DRIFT_PPM = 500;

    static ClockOffset of(long askedNanos, long agentNanos, long answeredNanos) {
        long half = (answeredNanos - askedNanos) / 2;
        return new ClockOffset(askedNanos + half - agentNanos, half + 1, answeredNanos);
    }

    /// By how much it may be wrong at `now`.
    long boundAt(long now) {
        return boundNanos + Math.max(0, now - atNanos) / 1_000_000 * DRIFT_PPM;
    }

    /// The better one of this and a newer estimate.
    ClockOffset or(ClockOffset newer) {
        return newer.boundNanos <= boundAt(newer.atNanos) ? newer : this;
    }
}
