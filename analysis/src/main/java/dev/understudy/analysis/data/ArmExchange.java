package dev.understudy.analysis.data;

import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;

/// One mirrored exchange as one arm saw it. Raw values: never written to a file.
///
/// @param sent the request as it went to this arm, after ids and cookies were replaced by this arm's
/// @param answer what came back
/// @param sentAt when it went out, on the run's timeline; 0 if it never did
/// @param endedAt when it ended or was given up
public record ArmExchange(Request sent, Answer answer, Outcome outcome, long sentAt, long endedAt) {

    /// Whether the arm took it.
    public boolean isAcknowledged() {
        return outcome == Outcome.ACKNOWLEDGED;
    }

    /// Whether the arm's word on it is known: taken or refused.
    public boolean isKnown() {
        return outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.REFUSED;
    }

    boolean overlaps(ArmExchange other) {
        return sentAt <= other.endedAt && other.sentAt <= endedAt;
    }
}
