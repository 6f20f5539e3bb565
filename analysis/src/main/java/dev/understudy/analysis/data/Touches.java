package dev.understudy.analysis.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which writes name which things by name, as one arm saw them.
final class Touches {
    private static final int LONGEST_KEY = 200;
    private static final int SHORTEST_NAME = 6;
    private static final int FEW = 10;
    private static final String ANY = "*";

    private final Map<String, Map<String, List<Touch>>> bySubject = new HashMap<>();
    private final Words words;
    private final Aliases aliases;
    private final Function<PairedExchange, ArmExchange> arm;

    Touches(WriteHistory history, Words words, Function<PairedExchange, ArmExchange> arm) {
        this.words = words;
        this.arm = arm;
        aliases = new Aliases(history, words, arm);
        history.writes().forEach(exchange -> index(exchange, arm.apply(exchange)));
    }

    private void index(PairedExchange exchange, ArmExchange seen) {
        List<Carried> asked = words.asked(seen);
        String last = asked.stream()
                .map(Carried::pointer)
                .filter(pointer -> pointer.startsWith("path/"))
                .reduce("", (_, pointer) -> pointer);
        for (Carried carried : asked) {
            add(carried, new Touch(exchange, false, carried.pointer().equals(last)));
        }
        if (seen.isAcknowledged()) {
            for (Carried carried : words.answered(seen)) {
                add(carried, new Touch(exchange, true, false));
            }
        }
    }

    // the first naming of a thing by an exchange counts: what the request already names, the answer didn't
    // create
    private void add(Carried carried, Touch touch) {
        if (carried.value().isEmpty() || carried.value().length() > LONGEST_KEY) {
            return;
        }
        add(carried.subject(), carried.value(), touch);
        if (carried.value().length() >= SHORTEST_NAME && !Looks.isNumber(carried.value())) {
            add(ANY, carried.value(), touch);
        }
    }

    private void add(String subject, String value, Touch touch) {
        List<Touch> touches =
                bySubject.computeIfAbsent(subject, _ -> new HashMap<>()).computeIfAbsent(value, _ -> new ArrayList<>());
        if (touches.isEmpty()
                || touches.getLast().exchange().id() != touch.exchange().id()) {
            touches.add(touch);
        }
    }

    /// The writes that name a row: all parts of its key; else any part; else what it refers to and what
    /// only few writes ever said; else, in a table without key, anything in it that identifies something.
    /// In the order of the history.
    List<Touch> of(AlignedTable table, Row row) {
        List<Map<Long, Touch>> byKey = naming(table.keys(), row);
        Map<Long, Touch> found = everywhere(byKey);
        if (found.isEmpty()) {
            found = rarest(byKey);
        }
        if (found.isEmpty()) {
            List<Map<Long, Touch>> others = new ArrayList<>();
            table.plain().forEach(column -> others.add(distinctive(row.text(column))));
            others.addAll(naming(table.references(), row));
            others.removeIf(Map::isEmpty);
            found = everywhere(others);
            if (found.isEmpty()) {
                found = rarest(others);
            }
        }
        if (found.isEmpty() && table.keys().isEmpty()) {
            found = rarest(naming(table.columns(), row));
        }
        return List.copyOf(found.values());
    }

    /// These writes, and those that name what these made: who paid for order 17 had to do with the basket
    /// that became order 17. In the order of the history.
    List<PairedExchange> related(List<Touch> touches) {
        Map<Long, PairedExchange> related = new TreeMap<>();
        for (Touch touch : touches) {
            ArmExchange seen = arm.apply(touch.exchange());
            String resource = CarriedValues.resource(seen.sent().target());
            related.put(touch.exchange().id(), touch.exchange());
            words.answered(seen).stream()
                    .filter(carried -> carried.identifies()
                            && !carried.inList()
                            && carried.subject().equals(resource))
                    .flatMap(made -> of(resource, made.value()).stream())
                    .forEach(each -> related.put(each.exchange().id(), each.exchange()));
        }
        return List.copyOf(related.values());
    }

    /// The writes that name this thing, in the order of the history.
    List<Touch> of(String subject, String value) {
        return List.copyOf(naming(List.of(subject), value).values());
    }

    /// Whether some write names the row by its own key.
    boolean nameKey(AlignedTable table, Row row) {
        return !everywhere(naming(table.keys(), row)).isEmpty();
    }

    private List<Map<Long, Touch>> naming(List<Column> columns, Row row) {
        List<Map<Long, Touch>> naming = new ArrayList<>();
        for (Column column : columns) {
            for (Translation.Identity identity : Translation.identities(column, row.cell(column))) {
                naming.add(naming(identity.subjects(), Looks.plain(identity.value())));
            }
            if (column.isPath() && naming.stream().allMatch(Map::isEmpty)) {
                naming.add(called(stem(row.text(column))));
            }
        }
        return naming;
    }

    // made-up names, like that of a basket, lead to who said them, and to who wrote what they stand for
    private Map<Long, Touch> distinctive(String value) {
        Map<Long, Touch> found = Aliases.isMadeUp(value) ? called(value) : Map.of();
        return found.size() <= FEW ? found : Map.of();
    }

    private Map<Long, Touch> called(String name) {
        Map<Long, Touch> called = new TreeMap<>(naming(List.of(ANY), name));
        for (Aliases.Thing thing : aliases.of(name)) {
            naming(List.of(thing.subject()), thing.id()).forEach(called::putIfAbsent);
        }
        return called;
    }

    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private Map<Long, Touch> naming(Collection<String> subjects, String value) {
        Map<Long, Touch> naming = new LinkedHashMap<>();
        for (String subject : subjects) {
            for (Touch touch : bySubject.getOrDefault(subject, Map.of()).getOrDefault(value, List.of())) {
                naming.putIfAbsent(touch.exchange().id(), touch);
            }
        }
        return naming;
    }

    private static Map<Long, Touch> everywhere(List<Map<Long, Touch>> naming) {
        if (naming.isEmpty()) {
            return Map.of();
        }
        Set<Long> common = naming.stream()
                .map(Map::keySet)
                .reduce((one, other) -> one.stream().filter(other::contains).collect(Collectors.toSet()))
                .orElse(Set.of());
        Map<Long, Touch> found = new LinkedHashMap<>();
        naming.getLast().forEach((id, touch) -> {
            if (common.contains(id)) {
                found.put(id, touch);
            }
        });
        return found;
    }

    private static Map<Long, Touch> rarest(List<Map<Long, Touch>> naming) {
        Map<Long, Touch> rarest = Map.of();
        for (Map<Long, Touch> each : naming) {
            if (!each.isEmpty() && (rarest.isEmpty() || each.size() < rarest.size())) {
                rarest = each;
            }
        }
        return Objects.requireNonNull(rarest);
    }
}
