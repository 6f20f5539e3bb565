package dev.understudy.analysis.data;

import dev.understudy.runtime.TrafficSource.LiveExchange;

/// One mirrored exchange in live and in both arms. Raw values: never written to a file.
///
/// @param id the same in the journal's records
/// @param session equal sessions are causal
/// @param route `METHOD service/path` with identifiers replaced by `{}`
/// @param write whether it is meant to change something
public record PairedExchange(
        long id,
        String session,
        String route,
        boolean write,
        LiveExchange live,
        ArmExchange control,
        ArmExchange candidate) {

    /// Both arms took it: its effect must be the same in both.
    public boolean isAcknowledgedByBoth() {
        return control.isAcknowledged() && candidate.isAcknowledged();
    }

    /// The control took it and the candidate did not, as far as anyone knows.
    public boolean isUnserved() {
        return control.isAcknowledged() && !candidate.isAcknowledged();
    }

    /// The arms may have done different things: not taken by both, not refused by both.
    public boolean isLopsided() {
        boolean bothRefused =
                control.isKnown() && candidate.isKnown() && !control.isAcknowledged() && !candidate.isAcknowledged();
        return !isAcknowledgedByBoth() && !bothRefused;
    }

    boolean isDelete() {
        return control.sent().method().equals("DELETE");
    }

    /// Whether two exchanges of different sessions may have taken effect in another order in the other arm.
    boolean isConcurrentWith(PairedExchange other) {
        if (session.equals(other.session)) {
            return false;
        }
        boolean overlap = control.overlaps(other.control) || candidate.overlaps(other.candidate);
        boolean firstInControl = control.sentAt() < other.control.sentAt();
        boolean firstInCandidate = candidate.sentAt() < other.candidate.sentAt();
        return overlap || firstInControl != firstInCandidate;
    }
}
