package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.store.FileTree;
import dev.understudy.store.MaskKey;
import dev.understudy.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Masks columns in a copy of a database that is at rest, never in live, so that nothing of what they held is left in
/// the copy's files.
///
/// ```
///  copy ─ start, alone ─ UPDATE without triggers ─ REFRESH views ─ ANALYZE ─ VACUUM FULL ─ new log file ─
/// stop ─ search
///                         dead rows hold the old values │ as do statistics, indexes │ and the log │
/// ```
///
/// A rewrite (`VACUUM FULL`) leaves dead rows behind, the table of statistics (histograms, most common values) is
/// rewritten too, and log files are deleted up to one that was begun afterwards. Then some of the old values are
/// looked for byte by byte in every file. Blocking; not thread-safe.
public final class PostgresMask {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// `wal_recycle` and hashing in SQL.
    private static final int OLDEST = 12;

    private final PostgresData data;
    private final MaskKey key;

    /// @param data the copy, which nobody uses
    public PostgresMask(PostgresData data, MaskKey key) {
        this.data = data;
        this.key = key;
    }

    /// Replaces what the masks name in `database`.
    ///
    /// @param user any role that may log in
    /// @throws ScenarioException naming a mask that can't be: no such column, a type that can't hold it,
    ///     half of a foreign key, or old values that stand elsewhere too
    /// @throws EnvironmentException if the server fails
    public void apply(String database, String user, List<Mask> masks) {
        if (data.server().programs().major() < OLDEST) {
            throw new EnvironmentException("masking needs PostgreSQL " + OLDEST + " or later, and the data is of "
                    + data.server().programs().major());
        }
        Path own = null;
        try {
            own = Scratch.directory("mask");
            Path rights = Files.writeString(own.resolve("hba.conf"), "local all all trust\n");
            MaskRemains remains;
            try (PostgresRun run = PostgresRun.start(
                    data.server(),
                    data.directory(),
                    PostgresServer.Care.SHADOW,
                    data.timeline(),
                    Optional.empty(),
                    settings(rights))) {
                remains = masked(run, database, user, masks);
            }
            deleteLog(segment -> segment.compareTo(remains.log()) != 0);
            remains.search(data.directory());
        } catch (SQLException | IOException e) {
            throw new EnvironmentException("cannot mask the copy of " + database + ": " + e.getMessage(), e);
        } finally {
            FileTree.deleteQuietly(own);
        }
    }

    private static Map<String, String> settings(Path rights) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("hba_file", rights.toString());
        settings.put("autovacuum", "off");
        settings.put("wal_recycle", "off");
        settings.put("wal_init_zero", "on");
        settings.put("shared_preload_libraries", "");
        settings.put("log_statement", "none");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_min_duration_statement", "-1");
        return settings;
    }

    private MaskRemains masked(PostgresRun run, String database, String user, List<Mask> masks)
            throws SQLException, IOException {
        String admin;
        try (Connection connection = run.login(database, user, Optional.empty()).open(CONNECT)) {
            admin = one(
                    connection,
                    "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin ORDER BY oid = 10 DESC LIMIT 1");
        }
        try (Connection connection =
                run.login(database, admin, Optional.empty()).open(CONNECT)) {
            execute(connection, "SET search_path = pg_catalog, public");
            execute(connection, "SET session_replication_role = replica"); // no trigger keeps what was
            String now = log(connection);
            deleteLog(segment -> segment.compareTo(now) > 0); // recycled files hold what live wrote
            List<MaskedColumn> columns = new ArrayList<>();
            for (Mask mask : masks) {
                columns.add(MaskedColumn.find(connection, mask));
            }
            requireWholeKeys(connection, columns);
            Map<String, MaskedColumn> sample = MaskRemains.sample(connection, columns);
            update(connection, columns);
            rewrite(connection, columns);
            readBack(connection, columns);
            Map<Path, String> relations = MaskRemains.relations(connection);
            execute(connection, "SELECT pg_switch_wal()");
            execute(connection, "CHECKPOINT");
            return new MaskRemains(sample, relations, log(connection));
        }
    }

    /// A foreign key of which one side is masked would join nothing any more.
    private static void requireWholeKeys(Connection connection, List<MaskedColumn> columns) throws SQLException {
        String query = """
                SELECT conrelid, a, confrelid, b, conrelid::regclass::text, ca.attname, confrelid::regclass::text, cb.attname
                FROM pg_constraint, unnest(conkey, confkey) AS pair(a, b),
                     pg_attribute ca, pg_attribute cb
                WHERE contype = 'f' AND ca.attrelid = conrelid AND ca.attnum = a
                  AND cb.attrelid = confrelid AND cb.attnum = b
                """;
        Map<String, MaskedColumn> masked =
                columns.stream().collect(Collectors.toMap(PostgresMask::id, column -> column, (a, _) -> a));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                MaskedColumn from = masked.get(row.getLong(1) + "." + row.getInt(2));
                MaskedColumn to = masked.get(row.getLong(3) + "." + row.getInt(4));
                requireBoth(from, to, row.getString(7) + "." + row.getString(8));
                requireBoth(to, from, row.getString(5) + "." + row.getString(6));
            }
        }
    }

    private static void requireBoth(
            @org.jspecify.annotations.Nullable MaskedColumn one,
            @org.jspecify.annotations.Nullable MaskedColumn other,
            String named) {
        if (one != null
                && (other == null || !one.mask().by().equals(other.mask().by()))) {
            throw one.wrong(one + " is half of a foreign key: mask '" + named + "' in the same way");
        }
    }

    private static String id(MaskedColumn column) {
        return column.tableId() + "." + column.number();
    }

    private void update(Connection connection, List<MaskedColumn> columns) throws SQLException {
        Map<String, List<MaskedColumn>> tables = columns.stream()
                .collect(Collectors.groupingBy(MaskedColumn::table, LinkedHashMap::new, Collectors.toList()));
        for (List<MaskedColumn> ofTable : tables.values()) {
            String set = ofTable.stream()
                    .map(column -> column.name() + " = " + column.expression())
                    .collect(Collectors.joining(", "));
            String sql = "UPDATE " + ofTable.getFirst().table() + " SET " + set;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int at = 1;
                for (MaskedColumn column : ofTable) {
                    at = column.fill(statement, at, key.outer(), key.inner());
                }
                statement.executeUpdate();
            } catch (SQLException e) {
                throw ofTable.getFirst().wrong(ofTable + " can't be masked: " + said(e));
            }
        }
    }

    /// Only the first line: those below show the row.
    private static String said(SQLException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .map(line -> line.replaceFirst("^ERROR: ", ""))
                .orElse("SQL state " + e.getSQLState());
    }

    private static void rewrite(Connection connection, List<MaskedColumn> columns) throws SQLException {
        List<String> views = all(
                connection,
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'm' AND relispopulated ORDER BY oid");
        for (String view : views) {
            execute(connection, "REFRESH MATERIALIZED VIEW " + view);
        }
        List<String> tables = Stream.concat(columns.stream().map(MaskedColumn::table), views.stream())
                .distinct()
                .toList();
        for (String table : tables) {
            execute(connection, "ANALYZE " + table);
        }
        for (String table :
                Stream.concat(tables.stream(), MaskRemains.STATISTICS.stream()).toList()) {
            execute(connection, "VACUUM FULL " + table);
        }
    }

    private static void readBack(Connection connection, List<MaskedColumn> columns) throws SQLException {
        for (MaskedColumn column : columns) {
            String query = "SELECT count(*) FROM " + column.table() + " WHERE " + column.unmasked();
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                if (column.mask().by() instanceof Mask.Replacement.Constant(String text)) {
                    statement.setString(1, text);
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        throw column.wrong(column + " still holds " + row.getLong(1) + " values that are not masked");
                    }
                }
            }
        }
    }

    private static String log(Connection connection) throws SQLException {
        return one(connection, "SELECT pg_walfile_name(pg_current_wal_insert_lsn())");
    }

    private void deleteLog(java.util.function.Predicate<String> which) throws IOException {
        try (Stream<Path> segments = Files.list(data.directory().resolve("pg_wal"))) {
            for (Path segment : segments.toList()) {
                String name = String.valueOf(segment.getFileName());
                if (name.matches("[0-9A-F]{24}.*") && which.test(name)) {
                    Files.delete(segment);
                }
            }
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        return all(connection, query).stream().findFirst().orElseThrow(() -> new SQLException("nothing from " + query));
    }

    private static List<String> all(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
