package dev.understudy.shop.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON object that was received, read by the names and kinds that are expected of it.
///
/// @param members by name
public record JsonObject(Map<String, Object> members) {

    /// A body as a JSON object, `{}` if it is empty. @throws Refusal 400 if it is something else
    public static JsonObject of(byte[] body) {
        if (body.length == 0) {
            return new JsonObject(Map.of());
        }
        try {
            return of(Json.parse(new String(body, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    /// The text of that name. @throws Refusal 400 if it is absent or no text
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> new Refusal(400, "'" + name + "' has to be a text"));
    }

    /// The text of that name, if it is there.
    public Optional<String> optionalText(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// The whole number of that name. @throws Refusal 400 if it is absent or not between 1 and `atMost`
    public long number(String name, long atMost) {
        if (members.get(name) instanceof Long number && number >= 1 && number <= atMost) {
            return number;
        }
        throw new Refusal(400, "'" + name + "' has to be a whole number from 1 to " + atMost);
    }

    /// Whether `name` is true; absent is false.
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /// The objects in the list of that name. @throws Refusal 400 if it is absent or holds something else
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(element));
        }
        return objects;
    }

    /// The texts in the list of that name. @throws Refusal 400 if it is absent or holds something else
    public List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    private List<?> list(String name) {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new Refusal(400, "'" + name + "' has to be a list");
    }

    @SuppressWarnings("unchecked")
    private static JsonObject of(Object value) {
        if (value instanceof Map<?, ?> object) {
            return new JsonObject((Map<String, Object>) object);
        }
        throw new Refusal(400, "an object is expected, not " + Json.write(value));
    }
}
