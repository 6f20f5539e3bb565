package dev.understudy.scenario;

import dev.understudy.promql.alerts.AlertRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is watched in both arms besides the stability rules: metrics pages that are scraped, and the alert rules
/// that the team already has.
public record Monitoring(List<Scrape> scrapes, Optional<Alerting> alerts) {
    /// Nothing.
    public static final Monitoring NONE = new Monitoring(List.of(), Optional.empty());

    public Monitoring {
        scrapes = List.copyOf(scrapes);
    }

    /// The metrics page of every instance of a service, in Prometheus' text format.
    ///
    /// @param job the label `job` of its series
    public record Scrape(Place place, String service, String path, String job, Duration every) {}

    /// The team's own alert rules.
    ///
    /// @param files as written, relative to the scenario
    /// @param rules what is in them; none if the scenario was read without its files
    /// @param every between two evaluations of a group that names no interval
    public record Alerting(Place place, List<String> files, AlertRules rules, Duration every) {
        public Alerting {
            files = List.copyOf(files);
        }
    }
}
