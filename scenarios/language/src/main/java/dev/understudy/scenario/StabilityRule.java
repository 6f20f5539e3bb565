package dev.understudy.scenario;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Something that must hold: `metric` of `target`, computed over the trailing `lasting`, stays within `bound`.
///
/// @param bound in the unit of the metric: a share, a time, a size, a count or a number
/// @param minRequests fewer in the window is missing data, not health
/// @param sampling how often a value is taken, and what it means if there is none
public record StabilityRule(
        String id,
        Place place,
        Metric metric,
        Target target,
        Bound bound,
        Duration lasting,
        OptionalLong minRequests,
        Sampling sampling) {

    /// A rule on what links or processes measure, with a limit that stands in the file.
    public StabilityRule(
            String id,
            Place place,
            Metric metric,
            Target target,
            Quantity max,
            Duration lasting,
            OptionalLong minRequests) {
        this(id, place, metric, target, Bound.max(max), lasting, minRequests, Sampling.USUAL);
    }

    /// How a rule takes samples.
    ///
    /// @param every how often, for metrics that are asked for
    /// @param noData what a window without data means
    /// @param count the rule is broken when so many of the last so many samples are beyond the limit; absent: when
    ///     their mean over the trailing window is
    public record Sampling(Duration every, NoData noData, Optional<Count> count) {
        /// Once a second; missing data is not health.
        public static final Sampling USUAL = new Sampling(Duration.ofSeconds(1), NoData.INCONCLUSIVE, Optional.empty());
    }

    /// `broken of samples`, such as 3 of 5; 1 <= broken <= samples.
    public record Count(int broken, int samples) {}

    /// What it means that a rule has no data.
    public enum NoData {
        /// The rule is broken.
        BREACH,
        /// Nothing can be said, so the verdict can't be GO.
        INCONCLUSIVE
    }

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

        /// Answers with a status of `from` to `to` (both included) over all requests, such as `status-503` or
        /// `status-5xx`.
        record Status(int from, int to) implements Metric {
            @Override
            public String toString() {
                return "status-" + (from == to ? Integer.toString(from) : from / 100 + "xx");
            }
        }

        /// What processes use, of the instance that uses most; of network and restarts, what the whole service has.
        record Use(Resource resource) implements Metric {
            @Override
            public String toString() {
                return resource.word();
            }
        }

        /// What is asked for again and again.
        record Sampled(MetricSource source) implements Metric {
            private static final int LONGEST_SHOWN = 80;

            @Override
            public String toString() {
                String asked = Secrets.hiddenIn(source.asked());
                String shown = asked.length() > LONGEST_SHOWN ? asked.substring(0, LONGEST_SHOWN) + "…" : asked;
                return (source.measure() == MetricSource.Measure.FAILURES ? "failures of " : "") + source.word() + " "
                        + shown;
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

    /// What a process can use too much of.
    public enum Resource {
        /// Processor time, in cores.
        CPU,
        /// Resident memory, in bytes.
        MEMORY,
        /// Threads.
        THREADS,
        /// Bytes a second that had to come from a disk.
        DISK_READ,
        /// Bytes a second on their way to a disk.
        DISK_WRITTEN,
        /// Bytes a second that its links brought the service, as callee and as caller.
        NETWORK_RECEIVED,
        /// Bytes a second that the service sent over its links.
        NETWORK_SENT,
        /// How often an instance of the service ran as another process than before, since the rules watch.
        RESTARTS;

        /// As files name it: `disk-read`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The unit of its limits.
        public Quantity.Unit unit() {
            return switch (this) {
                case CPU -> Quantity.Unit.NUMBER;
                case MEMORY -> Quantity.Unit.SIZE;
                case THREADS, RESTARTS -> Quantity.Unit.COUNT;
                case DISK_READ, DISK_WRITTEN, NETWORK_RECEIVED, NETWORK_SENT -> Quantity.Unit.THROUGHPUT;
            };
        }
    }

    /// What a rule looks at: all links into a service, or one link, or a whole arm.
    public sealed interface Target {
        /// All links into this service, or its processes.
        record OfService(String service) implements Target {
            @Override
            public String toString() {
                return service;
            }
        }

        /// The whole arm.
        record OfArm() implements Target {
            @Override
            public String toString() {
                return "the arm";
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
