package dev.understudy.scenario.grammar;

import dev.understudy.scenario.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tells the two kinds of file apart, and the keys that belong to neither yet.
public final class TopLevel {
    private static final String RESERVED = "is reserved for a later version";
    static final Map<String, String> RESERVED_KEYS =
            Map.of("rollout", RESERVED, "fleet", RESERVED, "profile", RESERVED, "patch", RESERVED);

    private TopLevel() {}

    /// The kinds of file.
    public enum Kind {
        SCENARIO,
        TOPOLOGY
    }

    /// What a file is by its top-level keys; absent if they don't tell.
    public static Optional<Kind> kind(Node root) {
        if (!(root instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        List<String> keys = mapping.entries().stream().map(Node.Entry::key).toList();
        boolean scenario = keys.contains("scenario");
        boolean topology = keys.contains("topology");
        if (scenario == topology) {
            return Optional.empty();
        }
        return Optional.of(scenario ? Kind.SCENARIO : Kind.TOPOLOGY);
    }
}
