package dev.understudy.engine;

import dev.understudy.promql.PromQl;
import dev.understudy.promql.alerts.AlertEvaluation;
import dev.understudy.promql.alerts.AlertHistory;
import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.exposition.Exposition;
import dev.understudy.promql.exposition.ExpositionException;
import dev.understudy.promql.exposition.ScrapeTarget;
import dev.understudy.promql.series.Notice;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Monitoring.Alerting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// All series of one arm in one trial: scraped pages, what links and processes measure, what alert rules record.
/// Thread-safe.
final class ArmSeries {
    private final SeriesStore store;
    private final Optional<AlertEvaluation> alerts;
    private final Map<String, ScrapeTarget> targets = new HashMap<>();
    private final Map<String, String> jobs = new HashMap<>();

    /// @param origin what the wall clock said when the timeline stood at 0
    ArmSeries(Instant origin, Optional<Alerting> alerting) {
        this.store = new SeriesStore(origin, SeriesStore.Limits.USUAL);
        this.alerts = alerting.map(rules -> new AlertEvaluation(rules.rules(), store, rules.every()));
    }

    /// A metrics page as it was at `nanos`; empty: there was none.
    ///
    /// @param key which page
    /// @param labels of this instance's, always the same
    synchronized void scraped(String key, int instance, Map<String, String> labels, Optional<String> page, long nanos) {
        jobs.put(key, labels.getOrDefault("job", ""));
        ScrapeTarget known = targets.computeIfAbsent(key + "#" + instance, _ -> new ScrapeTarget(store, labels));
        Optional<Exposition> read = page.flatMap(ArmSeries::read);
        if (read.isPresent()) {
            known.scraped(read.get(), nanos);
        } else {
            known.failed(nanos);
        }
    }

    private static Optional<Exposition> read(String page) {
        try {
            return Optional.of(Exposition.parse(page));
        } catch (ExpositionException e) {
            return Optional.empty();
        }
    }

    /// Takes in what links and processes measured until now.
    synchronized void write(OwnSeries own, dev.understudy.runtime.ArmName arm, long nanos) {
        own.write(arm, store, nanos);
    }

    /// Evaluates the alert rules that are due.
    synchronized void stepAlerts(long nanos) {
        alerts.ifPresent(evaluation -> evaluation.step(nanos));
    }

    /// What came of the alert rules until now.
    synchronized Optional<AlertHistory> alertHistory(long nanos) {
        return alerts.map(evaluation -> evaluation.history(nanos));
    }

    /// Whether a series comes from the page `key`.
    private boolean isOf(String key, Sample sample) {
        return sample.labels().get("job").equals(jobs.getOrDefault(key, ""));
    }

    /// What was left out, one line each.
    synchronized List<String> leftOut() {
        return store.notices().stream().map(Notice::message).toList();
    }

    /// What an expression is worth at `nanos`: a scalar, or the worst element; empty if it yields nothing.
    ///
    /// @param page only what comes from this page counts; empty: everything does
    /// @throws dev.understudy.promql.syntax.PromQlException where Prometheus fails too
    synchronized OptionalDouble value(String expression, Bound bound, Optional<String> page, long nanos) {
        SeriesSource source = alerts.map(AlertEvaluation::source).orElse(store);
        return switch (PromQl.parse(expression).at(source, nanos)) {
            case Value.Scalar scalar when !Double.isNaN(scalar.value()) -> OptionalDouble.of(scalar.value());
            case Value.Vector vector ->
                vector.samples().stream()
                        .filter(sample -> page.map(key -> isOf(key, sample)).orElse(true))
                        .mapToDouble(Sample::value)
                        .filter(value -> !Double.isNaN(value))
                        .reduce(bound::worse);
            default -> OptionalDouble.empty();
        };
    }
}
