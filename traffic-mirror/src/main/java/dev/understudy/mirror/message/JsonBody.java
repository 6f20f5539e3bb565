package dev.understudy.mirror.message;

import dev.understudy.runtime.Request.Header;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON body whose leaves can be changed. A body that no mapper changes keeps its bytes; a changed one is
/// written compactly, its numbers with all their digits.
public final class JsonBody {
    // A repeated property would hide its first value from every rule; such a body counts as not JSON.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,200})");

    private final JsonNode root;
    private final byte[] original;
    private boolean changed;

    private JsonBody(JsonNode root, byte[] original) {
        this.root = root;
        this.original = original;
    }

    /// Whether a body says that it is JSON, or looks like it and says nothing.
    public static boolean isExpected(List<Header> headers, byte[] body) {
        Optional<String> type = Headers.first(headers, "content-type");
        if (type.isPresent()) {
            return body.length > 0 && type.get().toLowerCase(Locale.ROOT).contains("json");
        }
        for (byte b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    /// The body as JSON; empty if it is none.
    public static Optional<JsonBody> parse(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            return root == null || root.isMissingNode() ? Optional.empty() : Optional.of(new JsonBody(root, body));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// The tree, for reading.
    public JsonNode root() {
        return root;
    }

    /// The body with every leaf but `null` passed through `mapper`.
    public byte[] map(ValueMapper mapper) {
        JsonNode mapped = mapped(root, "", new ArrayList<>(), mapper);
        return changed ? MAPPER.writeValueAsBytes(mapped) : original;
    }

    private JsonNode mapped(JsonNode node, String name, List<String> path, ValueMapper mapper) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : List.copyOf(object.properties())) {
                path.add(property.getKey());
                object.set(property.getKey(), mapped(property.getValue(), property.getKey(), path, mapper));
                path.removeLast();
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                path.add(Integer.toString(i));
                array.set(i, mapped(array.get(i), name, path, mapper));
                path.removeLast();
            }
            return array;
        }
        return node.isNull() ? node : leaf(node, new Spot(Spot.Kind.JSON, name, path), mapper);
    }

    private JsonNode leaf(JsonNode node, Spot spot, ValueMapper mapper) {
        String value = node.asString();
        String now = mapper.map(spot, value);
        if (now.equals(value)) {
            return node;
        }
        changed = true;
        return node.isNumber() && INTEGER.matcher(now).matches()
                ? JsonNodeFactory.instance.numberNode(new BigInteger(now))
                : JsonNodeFactory.instance.stringNode(now);
    }
}
