package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What made-up users do, for traffic without live: visits of several requests, some more often than others.
///
/// @param name of the mix
/// @param users how many people there are; the requests of one come one after the other
/// @param think how long one waits between two requests, on average (exponentially distributed)
/// @param data values drawn anew for each visit, by name
public record TrafficMix(String name, long users, Duration think, Map<String, Pool> data, List<Visit> visits) {

    /// Names that every request may use: the number of the user, from 1; the number of the visit, from 1; and a
    /// name that nothing else has, the same within a visit.
    public static final List<String> GIVEN = List.of("user", "visit", "unique");

    public TrafficMix {
        data = Map.copyOf(data);
        visits = List.copyOf(visits);
    }

    /// The mean number of requests of a visit, weighted.
    public double requestsAVisit() {
        double weight = visits.stream().mapToLong(Visit::weight).sum();
        return visits.stream()
                        .mapToDouble(visit ->
                                (double) visit.weight() * visit.requests().size())
                        .sum()
                / weight;
    }

    /// What a value is drawn from, each as likely as the others.
    public sealed interface Pool {
        /// Whole numbers, both ends included.
        record Numbers(long from, long to) implements Pool {}

        /// Texts.
        record Words(List<String> words) implements Pool {
            public Words {
                words = List.copyOf(words);
            }
        }
    }

    /// Requests of one user, one after the other.
    ///
    /// @param weight how often it happens, against the weights of the others
    public record Visit(String name, long weight, List<Ask> requests) {
        public Visit {
            requests = List.copyOf(requests);
        }
    }

    /// One request, and what its answer should be.
    ///
    /// @param target path and query, as in the request line
    /// @param headers by name
    /// @param body empty for none
    /// @param status what a healthy system answers, 100 to 599
    /// @param saved what later requests of the visit name, by that name
    public record Ask(
            String method, Text target, Map<String, Text> headers, Text body, int status, Map<String, Saved> saved) {
        public Ask {
            headers = Map.copyOf(headers);
            saved = Map.copyOf(saved);
        }
    }

    /// Where an answer holds a value that is saved.
    public sealed interface Saved {
        /// A leaf of its JSON, by its pointer (RFC 6901), not below a list.
        record Json(String pointer) implements Saved {}

        /// A cookie that it sets; it is sent with every later request of the visit.
        record Cookie(String name) implements Saved {}
    }

    /// A text with holes.
    ///
    /// @param pieces in order
    public record Text(List<Piece> pieces) {
        public Text {
            pieces = List.copyOf(pieces);
        }

        /// Whether there is nothing in it.
        public boolean isEmpty() {
            return pieces.isEmpty();
        }
    }

    /// A part of a [Text].
    public sealed interface Piece {
        /// As it is.
        record Literal(String text) implements Piece {}

        /// The value of that name.
        ///
        /// @param how how it is written where it stands
        record Hole(String name, Writing how) implements Piece {}
    }

    /// How a value is written.
    public enum Writing {
        /// As it is.
        PLAIN,
        /// In a URL, percent-encoded (RFC 3986).
        URL,
        /// Within a string of JSON.
        IN_STRING,
        /// As a JSON value of its own: a whole number stays a number, anything else is a string.
        JSON
    }
}
