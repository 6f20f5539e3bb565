package dev.understudy.runtime;

import dev.understudy.scenario.Link;
import java.time.Duration;
import java.util.Map;

/// The proxy on one link of one arm, as whoever disturbs it sees it. Thread-safe.
public interface LinkHandle {
    Link link();

    /// Puts a disturbance on the link under `id`; replaces one of the same id. Delays of several ids add up.
    void disturb(String id, Disturbance disturbance);

    /// Takes the disturbance `id` off; traffic that it holds flows on, connections are not cut. No effect if
    /// there is none.
    void calm(String id);

    /// What is on the link now, read back from the data path.
    Map<String, Disturbance> disturbances();

    /// How a link can be disturbed.
    sealed interface Disturbance {
        /// Every request, or every turn-around, is passed on `by` after its first byte came in.
        record Delay(Duration by) implements Disturbance {}

        /// New connections are refused; open ones are ended unless `keepExisting`.
        record Refuse(boolean keepExisting) implements Disturbance {}

        /// On an HTTP link: requests that it names are passed on `by` after their first byte came in, over and
        /// above every [Delay].
        record Hold(Requests which, Duration by) implements Disturbance {}

        /// On an HTTP link: requests that it names get `status` from the link; the callee never sees them.
        record Status(Requests which, int status) implements Disturbance {}
    }

    /// Some of the requests on an HTTP link.
    ///
    /// @param method in capitals; empty for any
    /// @param path what their path begins with
    /// @param share of these, from 0 to 1, spread evenly: of 25% every fourth, so that a second run picks the same
    record Requests(String method, String path, double share) {
        private static final double ROUNDING = 1e-9;

        /// Whether a request is one of those that the share is taken of.
        public boolean name(String itsMethod, String itsTarget) {
            return (method.isEmpty() || method.equals(itsMethod)) && itsTarget.startsWith(path);
        }

        /// Whether the `nth` of those, of which the first is 1, is picked.
        public boolean pick(long nth) {
            return Math.floor(nth * share + ROUNDING) > Math.floor((nth - 1) * share + ROUNDING);
        }

        @Override
        public String toString() {
            String all =
                    (method.isEmpty() ? "requests" : method + " requests") + (path.equals("/") ? "" : " of " + path);
            return share >= 1 ? all : Math.round(share * 1000) / 10.0 + " % of the " + all;
        }
    }
}
