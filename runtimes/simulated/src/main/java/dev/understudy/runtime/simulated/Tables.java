package dev.understudy.runtime.simulated;

import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.HistoryTable;
import dev.understudy.runtime.SchemaImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything a simulated store holds: tables of texts. Mutable; only for threads of one timeline, which change
/// it one at a time.
public final class Tables {
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private int forgetsEvery;
    private int written;

    /// Adds an empty table whose first column is its key; a column is `name` or `name:other.column` if it
    /// refers to another table.
    public Tables create(String name, String... columns) {
        Table table = new Table(name, this);
        for (String column : columns) {
            String[] parts = column.split(":", 2);
            table.columns.add(parts[0]);
            table.references.add(parts.length == 2 ? parts[1] : "");
        }
        tables.put(name, table);
        return this;
    }

    /// The table of that name. @throws IllegalArgumentException if there is none
    public Table table(String name) {
        Table found = tables.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no table '" + name + "'");
        }
        return found;
    }

    /// Whether there is a table of that name.
    public boolean has(String name) {
        return tables.containsKey(name);
    }

    /// Removes a table with its rows.
    public void drop(String name) {
        table(name);
        tables.remove(name);
    }

    /// A copy that shares nothing.
    public Tables copy() {
        Tables copy = new Tables();
        copy.forgetsEvery = forgetsEvery;
        tables.forEach((name, table) -> copy.tables.put(name, table.copy(copy)));
        return copy;
    }

    /// From now on every `every`-th row that is written is not kept.
    void forgetEvery(int every) {
        forgetsEvery = every;
    }

    private boolean keepsNext() {
        written++;
        return forgetsEvery == 0 || written % forgetsEvery != 0;
    }

    /// About how many bytes it holds: the lengths of all values.
    long bytes() {
        return tables.values().stream().mapToLong(Table::bytes).sum();
    }

    DataImage image(String service) {
        TreeSet<String> structure = new TreeSet<>();
        List<DataImage.Table> images = new ArrayList<>();
        for (Table table : tables.values()) {
            structure.add("table " + table.name);
            table.columns.forEach(column -> structure.add("column " + table.name + "." + column + " text"));
            images.add(table.image());
        }
        return new DataImage(service, List.copyOf(structure), images, List.of());
    }

    /// Its definitions, and the entries of its history tables in the order in which they were written.
    SchemaImage schema(String service, Set<String> historyTables) {
        SortedMap<String, List<String>> history = new TreeMap<>();
        for (Table table : tables.values()) {
            if (historyTables.contains(table.name) || HistoryTable.isKnown(table.name)) {
                List<String> naming = HistoryTable.naming(table.columns);
                history.put(
                        table.name,
                        table.rows().stream()
                                .map(row -> naming.stream()
                                        .map(column -> row.getOrDefault(column, ""))
                                        .collect(Collectors.joining(" ")))
                                .toList());
            }
        }
        return new SchemaImage(service, image(service).structure(), history, List.of());
    }

    /// One table. Rows are maps from column to value, in the order in which they came; the first column is the
    /// key.
    public static final class Table {
        private final String name;
        private final Tables owner;
        private final List<String> columns = new ArrayList<>();
        private final List<String> references = new ArrayList<>();
        private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

        private Table(String name, Tables owner) {
            this.name = name;
            this.owner = owner;
        }

        /// Writes a row over any of the same key; columns that it leaves out are null.
        /// @throws IllegalArgumentException if it lacks the key or names a column that isn't there
        public void put(Map<String, String> row) {
            String key = row.get(columns.getFirst());
            if (key == null || !columns.containsAll(row.keySet())) {
                throw new IllegalArgumentException(
                        "table '" + name + "' has the columns " + columns + ", not all of " + row.keySet());
            }
            if (owner.keepsNext()) {
                rows.put(key, new LinkedHashMap<>(row));
            }
        }

        /// The row of that key, not to be changed.
        public Optional<Map<String, String>> find(String key) {
            return Optional.ofNullable(rows.get(key)).map(Collections::unmodifiableMap);
        }

        /// Removes the row of that key, if there is one.
        public void delete(String key) {
            rows.remove(key);
        }

        /// Every row there is now, none to be changed.
        public List<Map<String, String>> rows() {
            return rows.values().stream().map(Collections::unmodifiableMap).toList();
        }

        /// Whether it has that column.
        public boolean hasColumn(String column) {
            return columns.contains(column);
        }

        /// Adds a column that is null everywhere.
        public void addColumn(String column) {
            columns.add(column);
            references.add("");
        }

        /// Removes a column with its values. @throws IllegalArgumentException if there is none
        public void dropColumn(String column) {
            int at = columns.indexOf(column);
            if (at < 0) {
                throw new IllegalArgumentException("table '" + name + "' has no column '" + column + "'");
            }
            columns.remove(at);
            references.remove(at);
            rows.values().forEach(row -> row.remove(column));
        }

        private Table copy(Tables to) {
            Table copy = new Table(name, to);
            copy.columns.addAll(columns);
            copy.references.addAll(references);
            rows.forEach((key, row) -> copy.rows.put(key, new LinkedHashMap<>(row)));
            return copy;
        }

        private long bytes() {
            return rows.values().stream()
                    .flatMap(row -> row.values().stream())
                    .mapToLong(String::length)
                    .sum();
        }

        private DataImage.Table image() {
            List<List<@Nullable String>> values = new ArrayList<>(rows.size());
            for (Map<String, String> row : rows.values()) {
                List<@Nullable String> line = new ArrayList<>(columns.size());
                columns.forEach(column -> line.add(row.get(column)));
                values.add(line);
            }
            return new DataImage.Table(name, List.copyOf(columns), List.of(0), List.copyOf(references), values);
        }
    }
}
