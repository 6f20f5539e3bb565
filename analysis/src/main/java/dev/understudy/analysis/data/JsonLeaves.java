package dev.understudy.analysis.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The leaves of JSON texts, with their pointers (RFC 6901). Decimals keep their digits.
final class JsonLeaves {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();
    // a body with more leaves than this is a download, not an answer
    private static final int MOST = 20_000;

    private JsonLeaves() {}

    /// One leaf: its pointer, its own name, the name of the nearest named thing around it, and its value as
    /// text; a `null` is no leaf.
    record Leaf(String pointer, String name, String holder, String value, boolean inList) {
        Carried carriedIn(String resource) {
            boolean generic = Naming.isGeneric(name);
            String about = holder.isEmpty() ? resource : Naming.subject(holder);
            String subject = generic ? about : Naming.subject(name);
            return new Carried(pointer, subject, value, Naming.isIdentifying(name), inList);
        }
    }

    /// The leaves of a body in document order; none if it isn't JSON.
    static List<Leaf> of(byte[] body) {
        List<Leaf> leaves = new ArrayList<>();
        parse(new String(body, java.nio.charset.StandardCharsets.UTF_8))
                .ifPresent(root -> collect(root, "", "", "", false, leaves));
        return leaves;
    }

    /// The leaves of a node in document order.
    static List<Leaf> of(JsonNode root) {
        List<Leaf> leaves = new ArrayList<>();
        collect(root, "", "", "", false, leaves);
        return leaves;
    }

    /// A JSON object or array; empty if the text is none.
    static Optional<JsonNode> parse(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static void collect(
            JsonNode node, String pointer, String name, String holder, boolean inList, List<Leaf> leaves) {
        if (leaves.size() >= MOST) {
            return;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String below = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                collect(field.getValue(), below, field.getKey(), name.isEmpty() ? holder : name, inList, leaves);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, name, holder, true, leaves);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            leaves.add(new Leaf(pointer, name, holder, Looks.plain(text(node)), inList));
        }
    }

    private static String text(JsonNode node) {
        return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asString();
    }
}
