package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import java.util.List;
import java.util.Map;

/// A scenario as far as it could be read: stand-ins (`""`, zero) where something was wrong.
///
/// @param topology what was read of its topology
/// @param sections where each top-level key stands
public record ScenarioDraft(
        Scenario scenario, TopologyDraft topology, List<Mention> mentions, Map<String, Place> sections) {
    /// Where a top-level section begins; the top of the file if it is not written.
    public Place section(String key) {
        return sections.getOrDefault(key, scenario.place());
    }
}
