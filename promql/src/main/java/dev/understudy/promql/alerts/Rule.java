package dev.understudy.promql.alerts;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One rule of a group
/// (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule).
public sealed interface Rule {

    /// `alert:` or `record:`.
    RuleText name();

    /// `expr:`.
    RuleText expression();

    /// `labels:`, added to each result; an empty one takes a label away.
    Map<String, RuleText> labels();

    /// A rule that alerts while its expression yields anything.
    ///
    /// @param lasting `for:` how long before it fires; 0 if not written
    /// @param keepFiring `keep_firing_for:` how long it fires on afterwards; 0 if not written
    record Alerting(
            RuleText name,
            RuleText expression,
            Duration lasting,
            Duration keepFiring,
            Map<String, RuleText> labels,
            Map<String, RuleText> annotations)
            implements Rule {
        public Alerting {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }
    }

    /// A rule whose result becomes series of their own.
    record Recording(RuleText name, RuleText expression, Map<String, RuleText> labels) implements Rule {
        public Recording {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }
}
