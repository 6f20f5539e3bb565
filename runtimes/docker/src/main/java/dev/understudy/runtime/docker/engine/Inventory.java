package dev.understudy.runtime.docker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Lists what carries the label of a run, whether this process made it or not.
///
/// @param wire the engine
record Inventory(EngineWire wire) {
    /// Something of ours and the run it belongs to.
    record Entry(Made made, String run) {}

    /// @param labels which it carries beside that of some run
    List<Entry> of(Map<String, String> labels) {
        List<String> wanted = new ArrayList<>(List.of(Mark.RUN));
        labels.forEach((name, value) -> wanted.add(name + "=" + value));
        Map<String, List<String>> filters = Map.of("label", wanted);
        List<Entry> found = new ArrayList<>();
        for (JsonNode each :
                list(Call.get("/containers/json").with("all", "true").filtered(filters))) {
            String name = each.path("Names").path(0).asString("").replaceFirst("^/", "");
            add(found, Made.Kind.CONTAINER, each.path("Id").asString(""), name, each);
        }
        for (JsonNode each : list(Call.get("/networks").filtered(filters))) {
            add(
                    found,
                    Made.Kind.NETWORK,
                    each.path("Id").asString(""),
                    each.path("Name").asString(""),
                    each);
        }
        for (JsonNode each : list(Call.get("/volumes").filtered(filters)).path("Volumes")) {
            String name = each.path("Name").asString("");
            add(found, Made.Kind.VOLUME, name, name, each);
        }
        for (JsonNode each : list(Call.get("/images/json").filtered(filters))) {
            String id = each.path("Id").asString("");
            add(found, Made.Kind.IMAGE, id, each.path("RepoTags").path(0).asString(id), each);
        }
        return List.copyOf(found);
    }

    private JsonNode list(Call call) {
        return wire.ask(call).json();
    }

    /// The list's own time is in seconds where the thing's is finer, so that it is asked for itself.
    private void add(List<Entry> found, Made.Kind kind, String id, String name, JsonNode listed) {
        String run = listed.path("Labels").path(Mark.RUN).asString("");
        Proof proof = new Proof(wire, run);
        proof.seek(kind, id, name).ifPresent(made -> found.add(new Entry(made, run)));
    }
}
