package dev.understudy.journal;

/// What became of one mirrored exchange in one arm. Times are nanoseconds on the run's timeline.
///
/// @param exchange the exchange's id, the same in both arms
/// @param session hash of the session
/// @param route `METHOD service/path` with identifiers replaced by `{}`
/// @param write whether it is meant to change something
/// @param liveStatus what live answered; 0 if unknown
/// @param control whether this is the control arm
/// @param intended when it should have begun
/// @param sent when it began; 0 if it was never sent
/// @param ended when its answer was complete, or given up
/// @param status what the arm answered; 0 without an answer
public record ExchangeRecord(
        int trial,
        long exchange,
        long session,
        String route,
        boolean write,
        int liveStatus,
        boolean control,
        long intended,
        long sent,
        long ended,
        int status,
        Outcome outcome) {

    /// The route of the tool's own probes, which fill gaps between mirrored exchanges. They count for downtime only.
    public static final String PROBE = "probe";

    /// Whether this is one of the tool's own probes.
    public boolean isProbe() {
        return route.equals(PROBE);
    }

    /// What the arm said about it.
    public enum Outcome {
        /// Taken: a status from 200 to 399.
        ACKNOWLEDGED,
        /// Not taken: another status, or nobody listened.
        REFUSED,
        /// Nobody knows: the connection broke or timed out after the request went out.
        UNKNOWN,
        /// Never sent to either arm.
        DROPPED
    }
}
