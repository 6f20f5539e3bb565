package dev.understudy.store.postgres;

import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Lists everything in one database, read in a single repeatable-read transaction that changes
/// nothing. Values are text as the server casts them (UTC, ISO dates, hexadecimal bytes); tables of
/// schema `public` go by their bare name, others by `schema.table`. Values above 64 KiB are listed
/// as `sha256:…`. What extensions own isn't listed. Stateless.
public final class PostgresListing {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final int mostRows;

    /// Lists at most a million rows a table.
    public PostgresListing() {
        this(1_000_000);
    }

    /// Lists at most `mostRows` rows a table; more make the image incomplete.
    PostgresListing(int mostRows) {
        this.mostRows = mostRows;
    }

    /// Everything in the database of `login`, as the data of `service`. What the role may not read,
    /// and what cannot be listed at all, is named in [DataImage#incomplete].
    /// @throws EnvironmentException if the server can't be reached or fails
    public DataImage list(Login login, String service) {
        try (Connection connection = login.open(CONNECT)) {
            prepare(connection);
            List<String> incomplete = new ArrayList<>();
            List<DataImage.Table> tables = new ArrayList<>();
            List<String> structure = PostgresStructure.lines(connection);
            for (PostgresTable table : PostgresTable.all(connection)) {
                tables.add(read(connection, table, incomplete));
            }
            incomplete.addAll(PostgresStructure.unlisted(connection));
            connection.rollback();
            return new DataImage(service, structure, List.copyOf(tables), List.copyOf(incomplete));
        } catch (SQLException e) {
            throw new EnvironmentException("cannot list " + login + ": " + e.getMessage(), e);
        }
    }

    /// Begins a transaction that changes nothing and in which every value is told the same way.
    static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            for (String setting : List.of(
                    "search_path = pg_catalog",
                    "timezone = 'UTC'",
                    "datestyle = 'ISO, YMD'",
                    "intervalstyle = 'postgres'",
                    "bytea_output = 'hex'",
                    "extra_float_digits = 1",
                    "xmloption = 'content'",
                    "row_security = off",
                    "statement_timeout = 0")) {
                statement.execute("SET LOCAL " + setting);
            }
        }
    }

    private DataImage.Table read(Connection connection, PostgresTable table, List<String> incomplete)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        List<List<@org.jspecify.annotations.Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(500);
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(table.query(mostRows + 1L))) {
                boolean more = row.next();
                while (more && rows.size() < mostRows) {
                    rows.add(ListedValues.of(row, table.columns().size()));
                    more = row.next();
                }
                if (more) {
                    incomplete.add(table.name() + ": only the first " + mostRows + " rows are listed");
                }
            }
        } catch (SQLException e) {
            connection.rollback(before);
            rows.clear();
            incomplete.add(table.name() + ": not listed: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return new DataImage.Table(table.name(), table.columns(), table.key(), table.references(), rows);
    }
}
