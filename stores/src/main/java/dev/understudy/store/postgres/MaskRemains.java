package dev.understudy.store.postgres;

import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Values that must be nowhere in a masked copy any more, and how the files of a place where one still is are told.
/// Immutable.
///
/// @param sample values, and of which column they were
/// @param relations whose files are whose; `""` for the server's own
/// @param log the only log file that is needed
record MaskRemains(Map<String, MaskedColumn> sample, Map<Path, String> relations, String log) {
    /// Tables of the server's own that hold values of rows.
    static final Set<String> STATISTICS = Set.of("pg_statistic", "pg_statistic_ext_data");

    private static final int SAMPLE = 40;

    /// Some of the values that are to go, and of which column they are.
    static Map<String, MaskedColumn> sample(Connection connection, List<MaskedColumn> columns) throws SQLException {
        Map<String, MaskedColumn> sample = new LinkedHashMap<>();
        for (MaskedColumn column : columns) {
            if (column.isText()) {
                String query = "SELECT DISTINCT " + column.name() + "::text FROM " + column.table()
                        + " WHERE octet_length(" + column.name() + "::text) >= " + Traces.SHORTEST + " LIMIT " + SAMPLE;
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        sample.put(row.getString(1), column);
                    }
                }
            }
            if (column.mask().by() instanceof Mask.Replacement.Constant(String text)) {
                sample.remove(text);
            }
        }
        return sample;
    }

    /// The files of tables, indexes and the like, and which table they belong to; of the server's own only those with
    /// values of rows.
    static Map<Path, String> relations(Connection connection) throws SQLException {
        String query = """
                SELECT pg_relation_filepath(c.oid), coalesce(t.relname, i.indrelid::regclass::text, c.relname),
                       coalesce(t.relnamespace, it.relnamespace, c.relnamespace) = 'pg_catalog'::regnamespace
                FROM pg_class c
                LEFT JOIN pg_index i ON i.indexrelid = c.oid
                LEFT JOIN pg_class it ON it.oid = i.indrelid
                LEFT JOIN pg_class t ON t.reltoastrelid IN (c.oid, i.indrelid) AND t.reltoastrelid <> 0
                WHERE c.relkind IN ('r', 'i', 't', 'm', 'S')
                """;
        Map<Path, String> relations = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                String table = row.getString(2);
                relations.put(Path.of(row.getString(1)), row.getBoolean(3) && !STATISTICS.contains(table) ? "" : table);
            }
        }
        return relations;
    }

    /// Looks for them in all files of the copy.
    /// @throws ScenarioException that names the column whose values stand elsewhere too, and where
    void search(Path directory) {
        Map<Path, Set<String>> traces = new Traces(List.copyOf(sample.keySet())).in(directory);
        for (Map.Entry<String, MaskedColumn> value : sample.entrySet()) {
            Set<String> places = traces.entrySet().stream()
                    .filter(trace -> trace.getValue().stream().anyMatch(value.getKey()::startsWith))
                    .map(trace -> where(trace.getKey()))
                    .filter(place -> !place.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!places.isEmpty()) {
                MaskedColumn column = value.getValue();
                throw new ScenarioException(List.of(Problem.at(
                        column.mask().place(),
                        "values of " + column + " stand elsewhere too, in " + String.join(", ", places)
                                + ": mask them there as well")));
            }
        }
    }

    private String where(Path file) {
        // further segments and forks of a relation: 16385.1, 16385_fsm
        Path plain = file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("[._].*", ""));
        String table = relations.get(plain);
        if (table != null) {
            return table.isEmpty() ? "" : "table '" + table + "'";
        }
        return file.startsWith("pg_wal") ? "the log" : "";
    }
}
