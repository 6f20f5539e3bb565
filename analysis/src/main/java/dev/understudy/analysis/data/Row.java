package dev.understudy.analysis.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of an aligned table. Rows are told apart by identity: two equal rows are two rows.
final class Row {
    private final List<@Nullable String> cells;

    Row(List<@Nullable String> cells) {
        this.cells = cells;
    }

    @Nullable
    String cell(Column column) {
        return cells.get(column.index());
    }

    /// The cell as a key or reference, where a missing value is a value like any other.
    String text(Column column) {
        return Objects.requireNonNullElse(cell(column), "");
    }

    /// Whether all cells are the same texts.
    boolean reads(Row other) {
        return cells.equals(other.cells);
    }
}
