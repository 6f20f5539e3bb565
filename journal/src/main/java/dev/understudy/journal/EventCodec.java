package dev.understudy.journal;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One entry as one line of JSON and back: `{"at":123,"type":"StepBegan",…}`, the components of the record in
/// their order, the keys of maps sorted. Fields it doesn't know are ignored; a missing one is an error.
/// Immutable.
final class EventCodec {
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private static final Map<String, Class<?>> KINDS = Arrays.stream(Event.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, kind -> kind));

    private EventCodec() {}

    /// The line, with its line feed.
    static byte[] encode(Entry entry) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", entry.at());
        line.put("type", entry.event().getClass().getSimpleName());
        line.setAll((ObjectNode) JSON.valueToTree(entry.event()));
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] whole = Arrays.copyOf(json, json.length + 1);
        whole[json.length] = '\n';
        return whole;
    }

    /// The entry of a line. @throws Malformed saying what is wrong with it
    static Entry decode(byte[] line) throws Malformed {
        try {
            JsonNode read = JSON.readTree(line);
            JsonNode at = read.path("at");
            String type = read.path("type").asString("");
            if (!read.isObject() || !at.isIntegralNumber() || type.isEmpty()) {
                throw new Malformed("not an event: it needs a number 'at' and a 'type'");
            }
            Class<?> kind = KINDS.get(type);
            if (kind == null) {
                throw new Malformed("unknown event type '" + type + "'. Maybe a later version wrote it.");
            }
            requireKnownSchema(kind, read);
            return new Entry(at.longValue(), (Event) JSON.treeToValue(read, kind));
        } catch (JacksonException e) {
            throw new Malformed(e.getOriginalMessage());
        }
    }

    private static void requireKnownSchema(Class<?> kind, JsonNode read) throws Malformed {
        int schema = read.path("schema").asInt(Event.SCHEMA);
        if (kind == Event.RunStarted.class && schema != Event.SCHEMA) {
            throw new Malformed("schema " + schema + ", but this version reads schema " + Event.SCHEMA);
        }
    }

    /// What is wrong with a line.
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }
}
