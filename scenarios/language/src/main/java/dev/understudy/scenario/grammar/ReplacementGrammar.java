package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Replacement.Order;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads how instances are replaced: the same two keys wherever a service gets another release.
final class ReplacementGrammar {
    static final List<String> KEYS = List.of("replace", "batch");

    private ReplacementGrammar() {}

    static Replacement read(Fields fields) {
        Optional<Long> batch = fields.count("batch", 1, Integer.MAX_VALUE);
        return new Replacement(
                fields.word("replace", Order.class, Order.STOP_FIRST),
                batch.isPresent() ? OptionalInt.of(Math.toIntExact(batch.get())) : OptionalInt.empty());
    }
}
