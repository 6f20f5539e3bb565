package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the samples of a rule come from when neither links nor processes measure them: asked for again and again
/// in each arm.
public sealed interface MetricSource {

    /// The word after `from:`.
    String word();

    /// What is asked, for people; may hold secrets.
    String asked();

    /// The service that is asked; empty for what belongs to a whole arm.
    default Optional<String> service() {
        return Optional.empty();
    }

    /// Series of a metrics page of a service.
    ///
    /// @param selector a PromQL selector, such as `queue_depth{queue="mail"}`
    record Scrape(String of, String path, String selector) implements MetricSource {
        @Override
        public String word() {
            return "scrape";
        }

        @Override
        public String asked() {
            return selector;
        }

        @Override
        public Optional<String> service() {
            return Optional.of(of);
        }
    }

    /// A PromQL expression over everything that is scraped and measured in an arm.
    record PromQl(String expression) implements MetricSource {
        @Override
        public String word() {
            return "promql";
        }

        @Override
        public String asked() {
            return expression;
        }
    }

    /// A program that runs inside the arm.
    record Command(List<String> command, Map<String, Template> environment, Measure measure, Duration timeout)
            implements MetricSource {
        @Override
        public String word() {
            return "command";
        }

        @Override
        public String asked() {
            return String.join(" ", command);
        }
    }

    /// A query that yields one number.
    record Sql(String of, String query, Duration timeout) implements MetricSource {
        @Override
        public String word() {
            return "sql";
        }

        @Override
        public String asked() {
            return query;
        }

        @Override
        public Optional<String> service() {
            return Optional.of(of);
        }
    }

    /// A GET, judged by its status, or by a number in its JSON body.
    ///
    /// @param status what it has to answer; any 2xx if absent
    /// @param pointer where the number stands (RFC 6901); absent: whether it fails is what counts
    record Http(String of, String path, Optional<Integer> status, Optional<String> pointer, Duration timeout)
            implements MetricSource {
        @Override
        public String word() {
            return "http";
        }

        @Override
        public String asked() {
            return "GET " + of + path + pointer.map(at -> " json:" + at).orElse("");
        }

        @Override
        public Optional<String> service() {
            return Optional.of(of);
        }
    }

    /// What counts of something that is asked.
    enum Measure {
        /// The number that it yields.
        VALUE,
        /// Whether it fails: 1 or 0, so that the mean is the share of failures.
        FAILURES
    }

    /// What counts here.
    default Measure measure() {
        return switch (this) {
            case Command command -> command.measure;
            case Http http -> http.pointer.isPresent() ? Measure.VALUE : Measure.FAILURES;
            case Scrape _, PromQl _, Sql _ -> Measure.VALUE;
        };
    }
}
