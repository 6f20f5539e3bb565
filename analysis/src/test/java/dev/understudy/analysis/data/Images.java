package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes data images for tests.
final class Images {
    private Images() {}

    static DataImage db(DataImage.Table... tables) {
        return new DataImage("db", List.of(), List.of(tables), List.of());
    }

    /// A table: columns as `id*` (key), `order_id>orders.id` (reference), or `note`; rows as texts with `|`
    /// between cells, where `-` is a missing value.
    static DataImage.Table table(String name, String columns, List<String> rows) {
        List<String> names = new ArrayList<>();
        List<String> references = new ArrayList<>();
        List<Integer> key = new ArrayList<>();
        for (String column : columns.split(" ")) {
            String[] parts = column.split(">");
            if (parts[0].endsWith("*")) {
                key.add(names.size());
            }
            names.add(parts[0].replace("*", ""));
            references.add(parts.length > 1 ? parts[1] : "");
        }
        return new DataImage.Table(
                name, names, key, references, rows.stream().map(Images::cells).toList());
    }

    private static List<@Nullable String> cells(String row) {
        List<@Nullable String> cells = new ArrayList<>();
        for (String cell : row.split("\\|", -1)) {
            cells.add(cell.equals("-") ? null : cell);
        }
        return cells;
    }

    /// A directory with files of these names and contents, in turn.
    static DataImage files(String service, String... namesAndContents) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            rows.add(Arrays.asList(namesAndContents[i], namesAndContents[i + 1]));
        }
        return new DataImage(
                service,
                List.of(),
                List.of(new DataImage.Table("files", List.of("path", "content"), List.of(0), List.of("", ""), rows)),
                List.of());
    }

    static ExpectedDifference expected(ExpectedDifference.What what, String name) {
        return new ExpectedDifference(new Place("scenario.yaml", 1, 1), "db", what, name, "known");
    }
}
