package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.HistoryTable;
import dev.understudy.runtime.SchemaImage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the definitions in one database, and what migration tools noted there as applied, in a single
/// repeatable-read transaction that changes nothing. Of users' tables only the catalogue is read; a history table
/// is asked for the columns that name a migration, never for who applied it. It waits for no lock longer than two
/// seconds, so a migration that hangs doesn't hold it up. Stateless.
public final class PostgresSchema {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MOST_ENTRIES = 5_000;

    private static final String COLUMNS = """
            SELECT n.nspname, c.relname, string_agg(a.attname, E'\n' ORDER BY a.attnum)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
            GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname
            """;

    /// A table by name, with its columns.
    private record Found(String schema, String table, List<String> columns) {
        String name() {
            return schema.equals("public") ? table : schema + "." + table;
        }
    }

    /// What the database of `login` holds, as the database of `service`.
    ///
    /// @param historyTables history tables besides those of known tools
    /// @throws EnvironmentException if the server can't be reached or fails
    public SchemaImage read(Login login, String service, Set<String> historyTables) {
        try (Connection connection = login.open(CONNECT)) {
            PostgresListing.prepare(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '2s'");
                statement.execute("SET LOCAL statement_timeout = '20s'");
            }
            List<String> incomplete = new ArrayList<>();
            List<String> objects = PostgresStructure.lines(connection);
            SortedMap<String, List<String>> history = histories(connection, historyTables, incomplete);
            connection.rollback();
            return new SchemaImage(service, objects, history, incomplete);
        } catch (SQLException e) {
            throw new EnvironmentException("cannot read the schema of " + login + ": " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, List<String>> histories(
            Connection connection, Set<String> named, List<String> incomplete) throws SQLException {
        SortedMap<String, List<String>> histories = new TreeMap<>();
        for (Found table : tables(connection)) {
            if (named.contains(table.name())
                    || named.contains(table.schema() + "." + table.table())
                    || HistoryTable.isKnown(table.table())) {
                histories.put(table.name(), entries(connection, table, incomplete));
            }
        }
        return histories;
    }

    private static List<Found> tables(Connection connection) throws SQLException {
        List<Found> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                tables.add(new Found(
                        row.getString(1),
                        row.getString(2),
                        List.of(row.getString(3).split("\n"))));
            }
        }
        return tables;
    }

    private static List<String> entries(Connection connection, Found table, List<String> incomplete)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        List<String> entries = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query(table))) {
            while (row.next()) {
                entries.add(row.getString(1));
            }
            if (entries.size() > MOST_ENTRIES) {
                incomplete.add(table.name() + ": it has more than " + MOST_ENTRIES + " entries");
            }
        } catch (SQLException e) {
            connection.rollback(before);
            incomplete.add(table.name() + ": its entries were not read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return List.copyOf(entries);
    }

    /// One text an entry: what names the migration, then what is told of it. Of a table of unknown shape each row
    /// is a digest.
    private static String query(Found table) {
        List<String> parts = new ArrayList<>();
        for (String column : HistoryTable.naming(table.columns())) {
            parts.add(quoted(column) + "::text");
        }
        boolean isKnown = !parts.isEmpty();
        for (String column : HistoryTable.telling(table.columns())) {
            parts.add("'" + column.toLowerCase(java.util.Locale.ROOT) + " ' || " + quoted(column) + "::text");
        }
        String text = isKnown ? "concat_ws(' ', " + String.join(", ", parts) + ")" : "'entry ' || md5(t::text)";
        List<String> order = new ArrayList<>(HistoryTable.ordering(table.columns()).stream()
                .map(PostgresSchema::quoted)
                .toList());
        order.add("1");
        return "SELECT " + text + " FROM " + quoted(table.schema()) + "." + quoted(table.table()) + " t ORDER BY "
                + String.join(", ", order) + " LIMIT " + (MOST_ENTRIES + 1);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
