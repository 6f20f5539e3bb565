package dev.understudy.promql.alerts;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules that are evaluated one after another at the same instant; later ones see what earlier ones record.
///
/// @param interval between instants; whoever evaluates says if it isn't written
/// @param limit of results of one rule; 0 for none
/// @param labels for all rules of the group, where a rule does not set them itself
public record RuleGroup(
        RuleText name, Optional<Duration> interval, int limit, Map<String, RuleText> labels, List<Rule> rules) {
    public RuleGroup {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        rules = List.copyOf(rules);
    }
}
