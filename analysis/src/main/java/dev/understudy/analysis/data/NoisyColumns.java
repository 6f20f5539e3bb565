package dev.understudy.analysis.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Finds the columns that (nearly) always differ between arms that do the same: times, random tokens. A
/// column that is missing in one arm is never noise.
final class NoisyColumns {
    private static final double NEARLY_ALWAYS = 0.9;

    private NoisyColumns() {}

    /// The noisy columns, judged by rows that were written. (Rows that merely differ would not do: where a
    /// counter differs once, it differs in all rows that differ.)
    ///
    /// @param written pairs of rows that some write made or changed
    /// @param looksMadeUp what the values of a column have to look like
    /// @param fewest how many rows it takes
    static Set<String> of(
            AlignedTable table,
            List<RowPair> written,
            Translation translation,
            Predicate<String> looksMadeUp,
            int fewest) {
        Set<String> noisy = new TreeSet<>();
        List<RowPair> made = written.stream().filter(pair -> isNew(table, pair)).toList();
        for (List<RowPair> group : List.of(made, written)) {
            for (Column column : table.columns()) {
                if (!column.key() && !column.reference() && isNoisy(column, group, translation, looksMadeUp, fewest)) {
                    noisy.add(column.name());
                }
            }
        }
        return noisy;
    }

    private static boolean isNoisy(
            Column column, List<RowPair> group, Translation translation, Predicate<String> looksMadeUp, int fewest) {
        long filled = 0;
        long differing = 0;
        Set<String> values = new HashSet<>();
        for (RowPair pair : group) {
            String ours = java.util.Objects.requireNonNull(pair.control()).cell(column);
            String theirs = java.util.Objects.requireNonNull(pair.candidate()).cell(column);
            if (ours == null || theirs == null) {
                continue;
            }
            filled++;
            boolean differs = !translation.isSame(column, ours, theirs);
            differing += differs && looksMadeUp.test(ours) && looksMadeUp.test(theirs) ? 1 : 0;
            values.add(ours);
        }
        return filled >= fewest && differing >= NEARLY_ALWAYS * filled && values.size() > filled / 2;
    }

    /// Whether the rows bear keys that each arm made up for itself.
    static boolean isNew(AlignedTable table, RowPair pair) {
        Row ours = java.util.Objects.requireNonNull(pair.control());
        Row theirs = java.util.Objects.requireNonNull(pair.candidate());
        return !Pairing.key(table, ours).equals(Pairing.key(table, theirs));
    }
}
