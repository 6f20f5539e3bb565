package dev.understudy.store.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A table as it will be listed: columns by name, the columns that identify a row, what each refers
/// to.
///
/// @param name as shown
/// @param from as written in SQL
/// @param columns by name
/// @param key indexes of the primary key's columns, else of a unique index over columns that are
///     never null; by name
/// @param references for each column `table.column`, or `""`
record PostgresTable(String name, String from, List<String> columns, List<Integer> key, List<String> references) {
    /// Partitions are listed through their root. Of an extension's tables only those that it says
    /// hold users' data.
    private static final String TABLES = """
            SELECT c.oid,
              CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END,
              CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' END || quote_ident(n.nspname) || '.' || quote_ident(c.relname),
              ARRAY(SELECT a.attname::text FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    ORDER BY a.attname COLLATE "C"),
              ARRAY(SELECT a.attname::text FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum = ANY (k.attnums)
                    ORDER BY a.attname COLLATE "C")
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN LATERAL (
                SELECT (i.indkey::int2[])[0:i.indnkeyatts - 1] AS attnums FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attnotnull
                    AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
                ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) k ON true
            WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND d.deptype = 'e' AND NOT EXISTS (
                      SELECT FROM pg_extension e WHERE e.oid = d.refobjid AND c.oid = ANY (e.extconfig)))
            """;

    private static final String REFERENCES = """
            SELECT k.conrelid, a.attname,
              CASE n.nspname WHEN 'public' THEN t.relname ELSE n.nspname || '.' || t.relname END || '.' || b.attname
            FROM pg_constraint k
              CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(mine, theirs)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.mine
              JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs
              JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0
            ORDER BY k.conrelid, k.conname COLLATE "C" DESC
            """;

    /// Every table that holds users' rows, by name.
    static List<PostgresTable> all(Connection connection) throws SQLException {
        Map<Long, Map<String, String>> references = references(connection);
        List<PostgresTable> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                List<String> columns = strings(row.getArray(4));
                Map<String, String> targets = references.getOrDefault(row.getLong(1), Map.of());
                tables.add(new PostgresTable(
                        row.getString(2),
                        row.getString(3),
                        columns,
                        strings(row.getArray(5)).stream().map(columns::indexOf).toList(),
                        columns.stream().map(c -> targets.getOrDefault(c, "")).toList()));
            }
        }
        tables.sort(Comparator.comparing(PostgresTable::name));
        return List.copyOf(tables);
    }

    /// Reads at most `limit` rows, ordered by key, or by all columns if there is none.
    String query(long limit) {
        String values = columns.stream().map(c -> quoted(c) + "::text").collect(Collectors.joining(", "));
        String order = key.isEmpty()
                ? columns.stream().map(c -> quoted(c) + "::text COLLATE \"C\"").collect(Collectors.joining(", "))
                : key.stream().map(i -> quoted(columns.get(i))).collect(Collectors.joining(", "));
        return "SELECT " + values + " FROM " + from + (order.isEmpty() ? "" : " ORDER BY " + order) + " LIMIT " + limit;
    }

    private static Map<Long, Map<String, String>> references(Connection connection) throws SQLException {
        Map<Long, Map<String, String>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(REFERENCES)) {
            while (row.next()) {
                found.computeIfAbsent(row.getLong(1), table -> new HashMap<>()).put(row.getString(2), row.getString(3));
            }
        }
        return found;
    }

    private static List<String> strings(Array array) throws SQLException {
        List<String> strings = new ArrayList<>();
        Collections.addAll(strings, (String[]) array.getArray());
        return List.copyOf(strings);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
