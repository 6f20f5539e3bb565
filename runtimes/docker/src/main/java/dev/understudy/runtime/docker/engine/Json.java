package dev.understudy.runtime.docker.engine;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Bodies as trees: what the engine says is carried on with every field, those included that this tool never
/// heard of.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// @throws JacksonException if it is no JSON
    static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /// @throws JacksonException if it is no JSON
    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /// What the engine wants for `filters` and `labels` in a query.
    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static ObjectNode object(Map<String, String> texts) {
        ObjectNode object = object();
        texts.forEach(object::put);
        return object;
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    /// Why something couldn't be read, without the place in a file of ours.
    static String reason(Exception e) {
        return e instanceof JacksonException json
                ? json.getOriginalMessage()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
