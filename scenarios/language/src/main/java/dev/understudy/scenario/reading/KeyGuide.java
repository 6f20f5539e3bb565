package dev.understudy.scenario.reading;

import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.grammar.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a key of the language means, read from the very schemas that editors use: there is no second source.
/// Immutable and thread-safe.
///
/// A key is written as a path: `rollback.steps.http`. Lists need no index, and names of the user's choice may
/// be left out: `services.orders.health` and `services.health` are the same.
public final class KeyGuide {
    private static final String SEPARATOR = "\\.";

    private final SchemaPart scenario;
    private final SchemaPart topology;

    /// A guide to scenarios that may name these deviation kinds, and to topologies.
    public KeyGuide(List<KindSignature> kinds) {
        this.scenario = read(new ScenarioSchema(kinds).scenario());
        this.topology = read(ScenarioSchema.topology());
    }

    /// One key, under one condition.
    ///
    /// @param when the condition, such as `kind: latency`; empty: always
    /// @param type for people: `time`, `mapping`, `list of mapping`
    /// @param form how a value is written, where that isn't part of `text`
    /// @param byDefault as it would be written in a file
    /// @param allowed the words it may be; empty if it isn't limited to some
    /// @param examples whole lines, as they would stand in a file
    public record Key(
            String path,
            String when,
            String text,
            String type,
            Optional<String> form,
            Optional<String> byDefault,
            List<String> allowed,
            List<String> examples,
            List<Part> parts) {}

    /// A key below another.
    ///
    /// @param choice whether it is one of several keys of which one has to be there
    public record Part(String name, String text, boolean required, boolean choice) {}

    /// What there is to say.
    public sealed interface Answer {
        /// The key; several where conditions decide what it means.
        record Known(List<Key> keys) implements Answer {}

        /// There is no such key: `segment` is unknown below `parent` (`""`: at the top), and perhaps what was
        /// meant.
        record Unknown(String segment, String parent, Optional<String> hint) implements Answer {}
    }

    /// The keys at the top of a scenario, in the order of the schema.
    public List<Part> ofScenario() {
        return parts(List.of(scenario));
    }

    /// The keys at the top of a topology, likewise.
    public List<Part> ofTopology() {
        return parts(List.of(topology));
    }

    /// What that key means.
    public Answer explain(String key) {
        String[] segments = key.split(SEPARATOR, -1);
        List<SchemaPart> at = List.of(scenario, topology);
        String parent = "";
        for (String segment : segments) {
            List<SchemaPart> below = below(at, segment);
            if (below.isEmpty()) {
                return new Answer.Unknown(segment, parent, Words.meant(segment, keys(at).keySet()));
            }
            at = below;
            parent = parent.isEmpty() ? segment : parent + "." + segment;
        }
        String name = segments[segments.length - 1];
        List<Key> found = at.stream()
                .map(part -> key(key, name, part))
                .filter(one -> !one.text().isEmpty() || !one.type().isEmpty())
                .distinct()
                .toList();
        // a condition that only narrows what a value looks like has no text of its own
        List<Key> told = found.stream().filter(one -> !one.text().isEmpty()).toList();
        return new Answer.Known(told.isEmpty() ? found : told);
    }

    private static List<SchemaPart> below(List<SchemaPart> at, String segment) {
        List<SchemaPart> named = keys(at).getOrDefault(segment, List.of());
        if (!named.isEmpty()) {
            return named;
        }
        List<SchemaPart> values =
                at.stream().flatMap(part -> part.values().stream()).toList();
        List<SchemaPart> skipped = keys(values).getOrDefault(segment, List.of());
        return skipped.isEmpty() ? values : skipped;
    }

    private static Map<String, List<SchemaPart>> keys(List<SchemaPart> parts) {
        Map<String, List<SchemaPart>> keys = new LinkedHashMap<>();
        parts.forEach(part -> part.keys()
                .forEach((name, found) ->
                        keys.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(found)));
        return keys;
    }

    private static Key key(String path, String name, SchemaPart part) {
        List<String> allowed = part.allowed();
        Optional<String> byDefault = part.byDefault().map(FlowYaml::of);
        List<String> examples = part.examples().stream().map(FlowYaml::of).toList();
        List<String> shown = Stream.of(examples, byDefault.stream().toList(), allowed)
                .filter(values -> !values.isEmpty())
                .findFirst()
                .orElse(List.of());
        boolean ownExamples = !examples.isEmpty();
        return new Key(
                path,
                part.when(),
                part.text(),
                part.type(),
                part.form(),
                byDefault,
                allowed,
                shown.stream()
                        .limit(ownExamples ? shown.size() : 1)
                        .map(value -> name + ": " + value)
                        .toList(),
                parts(List.of(part)));
    }

    private static List<Part> parts(List<SchemaPart> of) {
        return keys(of).entrySet().stream()
                .map(entry -> new Part(
                        entry.getKey(),
                        text(entry.getValue()),
                        of.stream().anyMatch(part -> part.requires(entry.getKey())),
                        of.stream().anyMatch(part -> part.offers(entry.getKey()))))
                .toList();
    }

    private static String text(List<SchemaPart> parts) {
        return parts.stream()
                .map(part -> (part.when().isEmpty() || part.text().isEmpty() ? "" : part.when() + " · ") + part.text())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static SchemaPart read(String schema) {
        JsonNode root = JsonMapper.shared().readTree(schema);
        return SchemaPart.whole(root);
    }
}
