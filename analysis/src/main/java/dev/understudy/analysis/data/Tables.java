package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The tables of one service in both arms, side by side. A table that the candidate lacks is empty there;
/// one that only the candidate has is a matter of structure.
final class Tables {
    private Tables() {}

    static List<AlignedTable> of(DataImage control, DataImage candidate, List<ExpectedDifference> expected) {
        FileTables.Both both = FileTables.explode(control, candidate);
        Map<String, DataImage.Table> theirs = both.candidate().stream()
                .collect(Collectors.toMap(DataImage.Table::name, Function.identity(), (first, _) -> first));
        return both.control().stream()
                .map(ours -> AlignedTable.of(ours, theirs.getOrDefault(ours.name(), emptied(ours)), expected))
                .toList();
    }

    private static DataImage.Table emptied(DataImage.Table table) {
        return new DataImage.Table(table.name(), table.columns(), table.key(), table.references(), List.of());
    }
}
