package dev.understudy.runtime;

import java.util.List;

/// What came back for a request.
public sealed interface Answer {

    /// A complete answer.
    record Answered(int status, List<Request.Header> headers, byte[] body) implements Answer {
        public Answered {
            headers = List.copyOf(headers);
        }
    }

    /// No complete answer.
    record Unanswered(Why why, String detail) implements Answer {}

    /// Why there was none.
    enum Why {
        /// Nobody took the request: it had no effect.
        REFUSED,
        /// The connection ended after the request went out: it may have had an effect.
        BROKEN,
        /// Nothing within the time-out: it may have had an effect.
        TIMED_OUT
    }

    /// The status, or 0 without an answer.
    default int status() {
        return this instanceof Answered answered ? answered.status() : 0;
    }

    /// Whether the service took it: a status from 200 to 399.
    default boolean isAcknowledged() {
        return status() >= 200 && status() < 400;
    }

    /// Whether it counts as an error of the service: no answer, or a status of 500 or above.
    default boolean isFailure() {
        return status() == 0 || status() >= 500;
    }
}
