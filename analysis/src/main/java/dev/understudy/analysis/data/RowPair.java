package dev.understudy.analysis.data;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of the control and the row of the candidate that stands for it; one of them may be missing.
record RowPair(@Nullable Row control, @Nullable Row candidate) {

    boolean isComplete() {
        return control != null && candidate != null;
    }

    /// The columns in which the two rows differ; only for a complete pair. Columns declared to differ are
    /// among them.
    List<Column> differences(AlignedTable table, Translation translation) {
        Row ours = Objects.requireNonNull(control);
        Row theirs = Objects.requireNonNull(candidate);
        return table.columns().stream()
                // keys made up by the store differ; that the rows were paired says they stand for each
                // other
                .filter(column -> !column.key() || column.reference())
                .filter(column -> !translation.isSame(column, ours.cell(column), theirs.cell(column)))
                .toList();
    }

    /// The row that there is, the control's if there are both.
    Row any() {
        return control != null ? control : Objects.requireNonNull(candidate);
    }
}
