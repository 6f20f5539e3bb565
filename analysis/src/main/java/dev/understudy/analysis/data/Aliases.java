package dev.understudy.analysis.data;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Other names of things: an answer that shows `{"id": 17, "basket": "b-77"}` says that `b-77` is order 17.
/// Learnt from reads, too: what a row is called may never have been said in a write. Only names that look
/// made up count.
final class Aliases {
    private static final int SHORTEST = 6;

    private final Map<String, Set<Thing>> things = new HashMap<>();

    /// Something by its subject and identifier.
    record Thing(String subject, String id) {}

    Aliases(WriteHistory history, Words words, Function<PairedExchange, ArmExchange> arm) {
        IdentityHashMap<List<Carried>, Boolean> known = new IdentityHashMap<>();
        for (PairedExchange exchange : history.exchanges()) {
            ArmExchange seen = arm.apply(exchange);
            if (seen.isAcknowledged()) {
                List<Carried> answered = words.answered(seen);
                if (!known.containsKey(answered)) {
                    known.put(answered, true);
                    learn(answered);
                }
            }
        }
    }

    private void learn(List<Carried> answered) {
        Map<String, Thing> holders = new HashMap<>();
        for (Carried carried : answered) {
            if (carried.identifies() && Naming.isGeneric(name(carried))) {
                holders.putIfAbsent(holder(carried), new Thing(carried.subject(), carried.value()));
            }
        }
        for (Carried carried : answered) {
            Thing thing = holders.get(holder(carried));
            if (thing != null && isMadeUp(carried.value())) {
                things.computeIfAbsent(carried.value(), _ -> new LinkedHashSet<>())
                        .add(thing);
            }
        }
    }

    /// What a name stands for.
    Set<Thing> of(String name) {
        return things.getOrDefault(name, Set.of());
    }

    /// Whether a value looks like a name that somebody or something made up: not short, with a digit, and
    /// neither a number nor a time.
    static boolean isMadeUp(String value) {
        return value.length() >= SHORTEST
                && !Looks.isNumber(value)
                && value.chars().anyMatch(Character::isDigit)
                && Looks.moment(value).isEmpty();
    }

    private static String holder(Carried carried) {
        return carried.pointer().substring(0, Math.max(0, carried.pointer().lastIndexOf('/')));
    }

    private static String name(Carried carried) {
        return carried.pointer().substring(carried.pointer().lastIndexOf('/') + 1);
    }
}
