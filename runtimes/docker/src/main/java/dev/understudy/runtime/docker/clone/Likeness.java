package dev.understudy.runtime.docker.clone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Whether a clone is what live is: every leaf of `Config` and `HostConfig`, as the engine tells of both, is equal or
/// was rewritten on purpose. What the engine leaves out, null, `""`, `0`, `false` and empty lists are the same thing:
/// which of them it writes depends on its version and on how the container was made.
public final class Likeness {
    private Likeness() {}

    /// The leaves that differ and were not rewritten, each with both values; secrets are not shown.
    public static List<String> differences(JsonNode live, JsonNode clone, List<Rewrite> rewrites) {
        List<String> differences = new ArrayList<>();
        for (String part : List.of("Config", "HostConfig")) {
            Map<String, String> were = leaves(part, live.path(part));
            Map<String, String> are = leaves(part, clone.path(part));
            Map<String, String> all = new TreeMap<>(were);
            all.putAll(are);
            all.keySet().stream()
                    .filter(leaf -> !Objects.equals(were.get(leaf), are.get(leaf)))
                    .filter(leaf -> rewrites.stream().noneMatch(rewrite -> rewrite.covers(leaf)))
                    .map(leaf -> leaf + ": " + shown(leaf, were.get(leaf)) + " in live, " + shown(leaf, are.get(leaf))
                            + " in the clone")
                    .forEach(differences::add);
        }
        return List.copyOf(differences);
    }

    private static String shown(String leaf, @org.jspecify.annotations.Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        return leaf.startsWith("Config.Env") ? "another value" : "'" + value + "'";
    }

    /// The leaves below a node, by their paths, without those that say nothing.
    static Map<String, String> leaves(String path, JsonNode node) {
        Map<String, String> leaves = new TreeMap<>();
        collect(path, node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), leaves));
            if (node.isEmpty() && path.chars().filter(letter -> letter == '.').count() > 1) {
                leaves.put(path, "{}"); // a port that is exposed, a volume that is declared
            }
        } else if (node.isArray()) {
            int index = 0;
            for (JsonNode item : node) {
                collect(path + "[" + index + "]", item, leaves);
                index++;
            }
        } else if (!saysNothing(node)) {
            leaves.put(path, node.asString());
        }
    }

    private static boolean saysNothing(JsonNode node) {
        return node.isNull()
                || node.isMissingNode()
                || (node.isString() && node.asString().isEmpty())
                || (node.isBoolean() && !node.asBoolean())
                || (node.isNumber() && node.asDouble() == 0);
    }
}
