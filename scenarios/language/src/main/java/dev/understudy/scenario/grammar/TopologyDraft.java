package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A topology as far as it could be read.
///
/// @param uncertain services with problems of their own: what they call is not fully known
/// @param complete whether the names of all services are known, so that another name is surely wrong
public record TopologyDraft(Topology topology, List<Mention> mentions, Set<String> uncertain, boolean complete) {

    /// What is left of a topology that can't be read at all: nothing can be said of any name.
    public static TopologyDraft unknown(String file) {
        Topology nothing = new Topology("", new Place(file, 1, 1), "", "", Map.of(), Optional.empty());
        return new TopologyDraft(nothing, List.of(), Set.of(), false);
    }
}
