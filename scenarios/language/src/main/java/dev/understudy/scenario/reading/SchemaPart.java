package dev.understudy.scenario.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One part of a JSON schema (draft-07) under its root, and under what condition it applies (`""`: always),
/// such as `kind: latency`. Immutable.
record SchemaPart(JsonNode root, JsonNode node, String when) {
    private static final List<String> CHOICES = List.of("anyOf", "oneOf");
    private static final List<String> CERTAIN = List.of("allOf");
    private static final List<String> ALL = List.of("anyOf", "oneOf", "allOf");
    private static final String DEFINITIONS = "#/definitions/";
    private static final Map<String, String> TYPES = Map.of(
            "object", "mapping",
            "string", "text",
            "integer", "whole number",
            "boolean", "true or false",
            "loose", "text or number");

    /// The whole of a schema.
    static SchemaPart whole(JsonNode root) {
        return new SchemaPart(root, root, "");
    }

    /// What may stand under these names, in the order of the schema.
    Map<String, List<SchemaPart>> keys() {
        Map<String, List<SchemaPart>> keys = new LinkedHashMap<>();
        views().forEach(view -> view.node.path("properties").properties().forEach(property -> {
            if (property.getValue().isObject()) {
                keys.computeIfAbsent(property.getKey(), _ -> new ArrayList<>()).add(view.to(property.getValue()));
            }
        }));
        return keys;
    }

    /// What may stand under names of the user's choice; usually nothing.
    List<SchemaPart> values() {
        return views().filter(view -> view.node.path("additionalProperties").isObject())
                .map(view -> view.to(view.node.path("additionalProperties")))
                .toList();
    }

    /// Whether a key has to be there, whichever alternative is taken.
    boolean requires(String key) {
        return views(CERTAIN).filter(view -> view.when.equals(when)).anyMatch(view -> view.lists(key));
    }

    /// Whether a key belongs to alternatives of which one has to be there.
    boolean offers(String key) {
        return !requires(key)
                && views(ALL)
                        .filter(view -> view.when.equals(when))
                        .flatMap(view -> view.alternatives(CHOICES))
                        .anyMatch(alternative -> alternative.lists(key));
    }

    private boolean lists(String key) {
        return node.path("required")
                .valueStream()
                .anyMatch(name -> name.asString().equals(key));
    }

    private Stream<SchemaPart> alternatives(List<String> words) {
        return words.stream()
                .flatMap(word -> node.path(word).valueStream())
                .filter(JsonNode::isObject)
                .map(this::to);
    }

    private Stream<SchemaPart> views() {
        return views(ALL);
    }

    /// This part, what it refers to, its alternatives of these kinds and, for a list, its items.
    private Stream<SchemaPart> views(List<String> words) {
        Stream<SchemaPart> below = Stream.concat(
                        Stream.concat(definition().stream(), items().stream()), alternatives(words))
                .flatMap(part -> part.views(words));
        Stream<SchemaPart> conditional = conditions().flatMap(part -> part.views(words));
        return Stream.concat(Stream.concat(Stream.of(this), conditional), below);
    }

    /// What holds only if another key has a certain value, or is there.
    private Stream<SchemaPart> conditions() {
        JsonNode tests = node.path("if").path("properties");
        if (node.path("then").isObject() && node.path("else").isObject() && tests.isEmpty()) {
            String keys = node.path("if")
                    .path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(", "));
            return Stream.of(
                    new SchemaPart(root, node.path("else"), "without " + keys),
                    new SchemaPart(root, node.path("then"), "with " + keys));
        }
        if (!node.path("then").isObject() || tests.isEmpty()) {
            return Stream.empty();
        }
        String text = tests.properties().stream()
                .map(test -> test.getKey() + ": "
                        + test.getValue()
                                .path("const")
                                .asString(test.getValue().path("pattern").asString("…")))
                .collect(Collectors.joining(", "));
        return Stream.of(new SchemaPart(root, node.path("then"), text));
    }

    private Optional<SchemaPart> definition() {
        JsonNode reference = node.path("$ref");
        return reference.isString()
                ? Optional.of(
                        to(root.path("definitions").path(reference.asString().substring(DEFINITIONS.length()))))
                : Optional.empty();
    }

    private Optional<SchemaPart> items() {
        return node.path("items").isObject() ? Optional.of(to(node.path("items"))) : Optional.empty();
    }

    private SchemaPart to(JsonNode other) {
        return new SchemaPart(root, other, when);
    }

    /// What it means; empty if the schema doesn't say.
    String text() {
        return own("description").map(JsonNode::asString).orElse("");
    }

    /// How a value of its shape is written, where that is said elsewhere than its meaning.
    Optional<String> form() {
        return node.has("description")
                ? shape().map(SchemaPart::text).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    Optional<JsonNode> byDefault() {
        return own("default");
    }

    /// The words it may be; empty if it may be more than some words.
    List<String> allowed() {
        return Stream.concat(Stream.of(this), shape().stream())
                .flatMap(part -> part.node.path("enum").valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    List<JsonNode> examples() {
        return own("examples").map(all -> all.valueStream().toList()).orElse(List.of());
    }

    /// For people: `time`, `mapping`, `list of mapping`; empty if conditions decide.
    String type() {
        if (node.has("anyOf")) {
            return node.path("anyOf")
                    .valueStream()
                    .map(this::to)
                    .map(SchemaPart::type)
                    .distinct()
                    .collect(Collectors.joining(" or "));
        }
        if (items().isPresent()) {
            return "list of " + items().get().type();
        }
        if (shape().isPresent() && !node.has("type")) {
            return named(shape().get());
        }
        return node.path("type").isArray()
                ? "text or number"
                : word(node.path("type").asString(""));
    }

    private String named(SchemaPart shape) {
        String name = node.path("$ref")
                .asString(node.path("allOf").path(0).path("$ref").asString(""));
        String type = shape.node.path("type").asString("");
        boolean isOwnKind = type.equals("string") && !shape.node.has("enum");
        return isOwnKind || name.endsWith("/loose") ? word(name.substring(DEFINITIONS.length())) : shape.type();
    }

    private static String word(String name) {
        return TYPES.getOrDefault(name, name);
    }

    /// The definition that gives it its shape.
    private Optional<SchemaPart> shape() {
        return definition()
                .or(() -> node.path("allOf").size() == 1
                                && node.path("allOf").path(0).has("$ref")
                        ? to(node.path("allOf").path(0)).definition()
                        : Optional.empty());
    }

    /// Said here, or by the definition that gives it its shape.
    private Optional<JsonNode> own(String word) {
        return node.has(word) ? Optional.of(node.path(word)) : shape().flatMap(shape -> shape.own(word));
    }
}
