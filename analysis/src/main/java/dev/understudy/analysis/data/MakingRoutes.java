package dev.understudy.analysis.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which routes a row of a table takes to be there: those that every row has, as far as writes are known that
/// had to do with it; of the rows that both arms have, else, if those are too few, of all that the control has.
/// Where such a write was not served, that the row is absent is no loss.
final class MakingRoutes {
    // fewer rows show nothing, more show nothing new
    private static final int FEWEST = 3;
    private static final int ENOUGH = 500;

    private MakingRoutes() {}

    /// The routes; none if too few rows tell.
    static Set<String> of(AlignedTable table, List<RowPair> pairs, Touches inControl) {
        Function<RowPair, List<PairedExchange>> related =
                pair -> inControl.related(inControl.of(table, Objects.requireNonNull(pair.control())));
        Set<String> inBoth =
                common(pairs.stream().filter(RowPair::isComplete).map(related), PairedExchange::isAcknowledgedByBoth);
        return inBoth.isEmpty()
                ? common(
                        pairs.stream().filter(pair -> pair.control() != null).map(related),
                        exchange -> exchange.control().isAcknowledged())
                : inBoth;
    }

    private static Set<String> common(Stream<List<PairedExchange>> related, Predicate<PairedExchange> served) {
        List<Set<String>> routes = related.filter(each -> !each.isEmpty())
                .limit(ENOUGH)
                .map(each ->
                        each.stream().filter(served).map(PairedExchange::route).collect(Collectors.toSet()))
                .toList();
        if (routes.size() < FEWEST) {
            return Set.of();
        }
        Set<String> common = new HashSet<>(routes.getFirst());
        routes.forEach(common::retainAll);
        return common;
    }
}
