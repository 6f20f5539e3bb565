package dev.understudy.scenario.grammar;

import dev.understudy.promql.alerts.RuleGroup;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// How a scenario reads what it names. Each takes a name as it is written, relative to the scenario, and its
/// place, and notes what is wrong itself.
///
/// @param topologies a topology file
/// @param bundles the bundle in a directory; empty if there is no sound one
/// @param ruleFiles the groups of a file of alert rules
public record Beside(
        BiFunction<String, Place, TopologyDraft> topologies,
        BiFunction<String, Place, Optional<Bundle>> bundles,
        BiFunction<String, Place, List<RuleGroup>> ruleFiles) {}
