package dev.understudy.analysis.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a table held before the change, when both arms ran the same version: the rows that both had under
/// the same key, as the control read. Immutable.
///
/// @param rows the control's cells by column name, by key
/// @param level how many rows differed although nothing had been changed
/// @param noisy the columns that differ between arms that do the same
/// @param seen whether rows were written before the change, so that `noisy` is known
record Memory(Map<List<String>, Map<String, String>> rows, long level, java.util.Set<String> noisy, boolean seen) {

    static final Memory NOTHING = new Memory(Map.of(), 0, java.util.Set.of(), false);

    Memory withoutRows() {
        return new Memory(Map.of(), level, noisy, seen);
    }

    static Map<String, String> cells(AlignedTable table, Row row) {
        Map<String, String> cells = new HashMap<>();
        for (Column column : table.columns()) {
            String cell = row.cell(column);
            if (cell != null) {
                cells.put(column.name(), cell);
            }
        }
        return cells;
    }

    /// Whether both arms had a row of that key.
    boolean hadInBoth(List<String> key) {
        return !key.isEmpty() && rows.containsKey(key);
    }

    /// Whether a row of the control is what it was.
    boolean stillReads(AlignedTable table, Row control) {
        return cells(table, control).equals(rows.get(Pairing.key(table, control)));
    }

    /// Whether rows of this table never differed by themselves.
    boolean isQuiet() {
        return level == 0;
    }
}
