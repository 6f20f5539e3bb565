package dev.understudy.analysis.data;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;

/// What was asked of an arm and what it answered, read once and kept. Not thread-safe.
final class Words {
    private final CarriedValues values = new CarriedValues();
    private final IdentityHashMap<ArmExchange, List<Carried>> asked = new IdentityHashMap<>();
    private final IdentityHashMap<ArmExchange, List<Carried>> answered = new IdentityHashMap<>();

    /// What the request carries.
    List<Carried> asked(ArmExchange exchange) {
        return asked.computeIfAbsent(exchange, _ -> values.of(exchange.sent()));
    }

    /// What the answer carries.
    List<Carried> answered(ArmExchange exchange) {
        return answered.computeIfAbsent(exchange, _ -> values.of(exchange.sent(), exchange.answer()));
    }

    /// Both.
    List<Carried> all(ArmExchange exchange) {
        return Stream.concat(asked(exchange).stream(), answered(exchange).stream())
                .toList();
    }

    /// What an arm said of a subject: its answer's word, or where that says nothing, what was asked.
    List<String> of(ArmExchange exchange, String subject) {
        List<String> said = carrying(answered(exchange), subject);
        return said.isEmpty() ? carrying(asked(exchange), subject) : said;
    }

    private static List<String> carrying(List<Carried> carried, String subject) {
        return carried.stream()
                .filter(each -> each.subject().equals(subject))
                .map(Carried::value)
                .toList();
    }
}
