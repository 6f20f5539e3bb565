package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// A closed mapping on its way into a record: reports unknown and missing keys, hands out the values of the
/// others.
final class Fields {
    private final Reading reading;
    private final Place place;
    private final String what;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final boolean sound;
    private final Set<String> refusedKeys = new HashSet<>();
    private boolean strangeKeys;

    private Fields(Reading reading, Place place, String what, boolean sound) {
        this.reading = reading;
        this.place = place;
        this.what = what;
        this.sound = sound;
    }

    /// The mapping `node`, which may have just these keys. Of anything else there are no fields, and no key
    /// is missed.
    static Fields of(Reading reading, Node node, String what, List<String> keys) {
        return of(reading, node, what, keys, Map.of());
    }

    /// The same, where some more keys get an answer of their own: they belong to the language, but not here
    /// yet.
    static Fields of(Reading reading, Node node, String what, List<String> keys, Map<String, String> refused) {
        if (!(node instanceof Node.Mapping mapping)) {
            reading.findings().add(node.place(), what + " must be a mapping, not " + node.described());
            return new Fields(reading, node.place(), what, false);
        }
        Fields fields = new Fields(reading, node.place(), what, true);
        mapping.entries().stream()
                .filter(entry -> keys.contains(entry.key()))
                .forEach(entry -> fields.values.put(entry.key(), entry.value()));
        mapping.entries().stream()
                .filter(entry -> !keys.contains(entry.key()))
                .forEach(entry -> fields.strange(entry, keys, refused));
        return fields;
    }

    private void strange(Node.Entry entry, List<String> keys, Map<String, String> refused) {
        strangeKeys = true;
        String key = entry.key();
        String answer = refused.get(key);
        if (answer != null) {
            refusedKeys.add(key);
            reading.findings().add(entry.place(), "'" + key + "' " + answer);
            return;
        }
        List<String> known =
                Stream.concat(keys.stream(), refused.keySet().stream()).toList();
        Optional<String> meant = Words.nearest(key, known);
        reading.findings()
                .add(
                        entry.place(),
                        "unknown key '" + Shortened.of(key) + "' in " + what,
                        meant.isPresent() ? Words.meant(key, known) : Words.all(keys));
        // What was surely meant is read as if it were spelt right: its own problems belong to the same run.
        meant.filter(keys::contains).ifPresent(word -> values.putIfAbsent(word, entry.value()));
    }

    Place place() {
        return place;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /// Whether that key stands here although it belongs elsewhere; this was reported.
    boolean hasRefused(String key) {
        return refusedKeys.contains(key);
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// The value of a key that must be there.
    Optional<Node> need(String key) {
        Optional<Node> found = node(key);
        if (found.isEmpty() && sound) {
            reading.findings().add(place, "'" + key + "' is missing in " + what);
        }
        return found;
    }

    /// The single one of these keys that is there; a problem if there is none, or more than one.
    Optional<String> oneOf(List<String> keys) {
        List<String> present = keys.stream().filter(this::has).toList();
        if (present.size() == 1 || !sound || (present.isEmpty() && strangeKeys)) {
            return present.stream().findFirst();
        }
        if (keys.size() == 1) {
            return need(keys.getFirst()).map(_ -> keys.getFirst());
        }
        String choice = what + " needs exactly one of " + Words.listed(keys);
        reading.findings().add(place, present.isEmpty() ? choice : choice + "; it has " + Words.listed(present));
        return Optional.empty();
    }

    /// Reads a required value.
    <T> T need(String key, T standIn, BiFunction<Node, String, T> read) {
        return need(key).map(node -> read.apply(node, quoted(key))).orElse(standIn);
    }

    /// Reads a value that may be absent.
    <T> Optional<T> optional(String key, BiFunction<Node, String, T> read) {
        return node(key).map(node -> read.apply(node, quoted(key)));
    }

    String text(String key) {
        return need(key, "", reading.values()::text);
    }

    Duration time(String key, Duration byDefault) {
        return optionalTime(key).orElse(byDefault);
    }

    Optional<Duration> optionalTime(String key) {
        return node(key)
                .flatMap(node -> reading.values().quantity(node, quoted(key), Quantity.Unit.TIME))
                .map(Quantity::asDuration);
    }

    OptionalDouble optionalShare(String key) {
        return node(key).flatMap(node -> reading.values().quantity(node, quoted(key), Quantity.Unit.SHARE)).stream()
                .mapToDouble(Quantity::asShare)
                .findFirst();
    }

    Duration neededTime(String key) {
        return need(key)
                .flatMap(node -> reading.values().quantity(node, quoted(key), Quantity.Unit.TIME))
                .map(Quantity::asDuration)
                .orElse(Duration.ZERO);
    }

    boolean flag(String key) {
        return optional(key, reading.values()::flag).orElse(false);
    }

    Optional<Long> count(String key, long least, long most) {
        return node(key).map(node -> reading.values().count(node, quoted(key), least, most));
    }

    <E extends Enum<E>> E word(String key, Class<E> type, E byDefault) {
        return node(key)
                .flatMap(node -> reading.values().word(node, quoted(key), type))
                .orElse(byDefault);
    }

    /// The items of an optional list, each read by `read`.
    <T> List<T> list(String key, int least, BiFunction<Node, String, T> read) {
        return node(key)
                .map(node -> reading.values().list(node, quoted(key), least).stream()
                        .map(item -> read.apply(item, "an item of " + quoted(key)))
                        .toList())
                .orElse(List.of());
    }

    /// Reports a key that may not stand beside the others.
    void refuse(String key, String why) {
        node(key).ifPresent(node -> reading.findings().add(node.place(), quoted(key) + " " + why));
    }

    private static String quoted(String key) {
        return "'" + key + "'";
    }
}
