package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Scenario.ExpectedDifference.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One table of both arms with the columns that both have, in one order. Keys and references are the
/// control's.
///
/// @param declared what the author declared of it
record AlignedTable(
        String name, List<Column> columns, List<Row> control, List<Row> candidate, List<ExpectedDifference> declared) {

    static AlignedTable of(DataImage.Table control, DataImage.Table candidate, List<ExpectedDifference> expected) {
        List<Column> columns = new ArrayList<>();
        List<Integer> inControl = new ArrayList<>();
        List<Integer> inCandidate = new ArrayList<>();
        for (int i = 0; i < control.columns().size(); i++) {
            String name = control.columns().get(i);
            int there = candidate.columns().indexOf(name);
            if (there < 0) {
                continue;
            }
            boolean isKey = control.key().contains(i);
            String refersTo =
                    i < control.references().size() ? control.references().get(i) : "";
            List<String> subjects = Column.subjects(control.name(), name, isKey, refersTo);
            columns.add(new Column(
                    name,
                    columns.size(),
                    subjects,
                    isKey,
                    !refersTo.isEmpty(),
                    false,
                    isDeclared(expected, What.COLUMN, control.name() + "." + name)));
            inControl.add(i);
            inCandidate.add(there);
        }
        return new AlignedTable(
                control.name(), List.copyOf(columns), rows(control, inControl), rows(candidate, inCandidate), expected);
    }

    private static List<Row> rows(DataImage.Table table, List<Integer> order) {
        List<Row> rows = new ArrayList<>(table.rows().size());
        for (List<@Nullable String> row : table.rows()) {
            List<@Nullable String> cells = new ArrayList<>(order.size());
            for (int index : order) {
                cells.add(row.get(index));
            }
            rows.add(new Row(cells));
        }
        return rows;
    }

    /// Whether a difference of that name is declared; a schema in front of a table's name may be left out.
    static boolean isDeclared(List<ExpectedDifference> expected, What what, String name) {
        return expected.stream()
                .filter(declared -> declared.what() == what)
                .anyMatch(declared -> name.equals(declared.name()) || name.endsWith("." + declared.name()));
    }

    /// Whether the author declared that this row differs: with its table, or with its file.
    boolean declares(Row row) {
        return isDeclared(declared, What.TABLE, name)
                || columns.stream()
                        .filter(Column::isPath)
                        .anyMatch(column -> declared.stream()
                                .filter(each -> each.what() == What.FILE)
                                .anyMatch(each -> FileTables.isMatch(each.name(), row.text(column))));
    }

    List<Column> keys() {
        return columns.stream().filter(Column::key).toList();
    }

    List<Column> references() {
        return columns.stream().filter(Column::reference).toList();
    }

    /// Neither key nor reference.
    List<Column> plain() {
        return columns.stream()
                .filter(column -> !column.key() && !column.reference())
                .toList();
    }

    AlignedTable withNoise(Set<String> names) {
        List<Column> marked = columns.stream()
                .map(column -> column.made(names.contains(column.name())))
                .toList();
        return new AlignedTable(name, marked, control, candidate, declared);
    }
}
