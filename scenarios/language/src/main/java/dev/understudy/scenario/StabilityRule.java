package dev.understudy.scenario;

import java.time.Duration;
import java.util.OptionalLong;

/// Something that must hold: `metric` of `target`, computed over the trailing `lasting`, stays at or below
/// `max`.
///
/// @param max in the unit of the metric: a share, a time, or a count
/// @param minRequests fewer in the window is missing data, not health
public record StabilityRule(
        String id,
        Place place,
        Metric metric,
        Target target,
        Quantity max,
        Duration lasting,
        OptionalLong minRequests) {

    /// What is measured.
    public sealed interface Metric {
        /// Failed requests over all: an answer of 500 or above, a broken connection, a time-out.
        record ErrorRate() implements Metric {
            @Override
            public String toString() {
                return "error-rate";
            }
        }

        /// A quantile of the time from the intended start of a request to the end of its answer; `quantile`
        /// in 0..1.
        record Latency(double quantile) implements Metric {
            @Override
            public String toString() {
                String percent = Double.toString(Math.round(quantile * 100_000) / 1_000.0);
                return "latency-p" + (percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent);
            }
        }

        /// Unexpected ends of processes.
        record ProcessExit() implements Metric {
            @Override
            public String toString() {
                return "process-exit";
            }
        }
    }

    /// What a rule looks at: all links into a service, or one link.
    public sealed interface Target {
        /// All links into this service, or its processes.
        record OfService(String service) implements Target {
            @Override
            public String toString() {
                return service;
            }
        }

        /// One link.
        record OfLink(Link link) implements Target {
            @Override
            public String toString() {
                return link.toString();
            }
        }
    }
}
