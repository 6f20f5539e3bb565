package dev.understudy.analysis.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Which routes a row of a table takes to be there: those that every row which both arms have had, as far
/// as writes are known that had to do with it. Where such a write was not served, that the row is absent is
/// no loss.
final class MakingRoutes {
    // fewer rows show nothing, more show nothing new
    private static final int FEWEST = 3;
    private static final int ENOUGH = 500;

    private MakingRoutes() {}

    /// The routes; none if too few rows tell.
    static Set<String> of(AlignedTable table, List<RowPair> pairs, Touches inControl) {
        List<Set<String>> routes = pairs.stream()
                .filter(RowPair::isComplete)
                .map(pair -> inControl.related(inControl.of(table, Objects.requireNonNull(pair.control()))))
                .filter(related -> !related.isEmpty())
                .limit(ENOUGH)
                .map(MakingRoutes::served)
                .toList();
        if (routes.size() < FEWEST) {
            return Set.of();
        }
        Set<String> common = new HashSet<>(routes.getFirst());
        routes.forEach(common::retainAll);
        return common;
    }

    private static Set<String> served(List<PairedExchange> exchanges) {
        return exchanges.stream()
                .filter(PairedExchange::isAcknowledgedByBoth)
                .map(PairedExchange::route)
                .collect(Collectors.toSet());
    }
}
