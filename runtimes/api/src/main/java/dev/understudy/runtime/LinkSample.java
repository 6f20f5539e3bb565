package dev.understudy.runtime;

import dev.understudy.scenario.Link;

/// One exchange on an HTTP link, or one turn-around on another.
///
/// @param startNanos first byte of the request, on the timeline
/// @param endNanos last byte of the answer (first, for a turn-around), on the timeline
/// @param status the HTTP status; 0 if the link broke or refused; 1 for a turn-around
/// @param addedNanos how much of it the link itself added on purpose
public record LinkSample(ArmName arm, Link link, long startNanos, long endNanos, int status, long addedNanos) {
    /// Whether it counts as an error: no answer, or a status of 500 or above.
    public boolean isFailure() {
        return status == 0 || status >= 500;
    }
}
