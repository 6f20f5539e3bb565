package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What an online copy needs of the role, of the server and of this machine. Stateless; only reads.
final class PostgresRights {
    private static final String QUESTIONS = """
            SELECT current_user,
              rolsuper,
              rolreplication,
              pg_has_role(current_user, 'pg_read_all_settings', 'USAGE'),
              current_setting('server_version_num')::int,
              current_setting('wal_level'),
              current_setting('max_replication_slots')::int,
              (SELECT count(*) FROM pg_catalog.pg_replication_slots),
              pg_catalog.pg_is_in_recovery(),
              (SELECT string_agg(spcname, ', ') FROM pg_catalog.pg_tablespace
                WHERE spcname NOT IN ('pg_default', 'pg_global'))
            FROM pg_catalog.pg_roles WHERE rolname = current_user
            """;

    private PostgresRights() {}

    /// Everything that is missing, a sentence each with the statement that grants it; empty if a
    /// copy is possible.
    static List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        boolean seesDirectory;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTIONS)) {
            row.next();
            String role = "\"" + row.getString(1) + "\"";
            boolean superuser = row.getBoolean(2);
            seesDirectory = superuser || row.getBoolean(4);
            if (!superuser && !row.getBoolean(3)) {
                missing.add("role " + role + " has no REPLICATION: ALTER ROLE " + role + " REPLICATION");
            }
            if (!seesDirectory) {
                missing.add("role " + role + " may not read data_directory: GRANT pg_read_all_settings TO " + role);
            }
            if (row.getString(6).equals("minimal")) {
                missing.add("wal_level is minimal: it has to be replica or logical (needs a restart of the server)");
            }
            if (row.getLong(8) >= row.getInt(7)) {
                missing.add("no free replication slot: max_replication_slots is " + row.getInt(7) + ", in use are "
                        + row.getLong(8));
            }
            if (row.getBoolean(9)) {
                missing.add("the server is a standby: name its primary instead");
            }
            String tablespaces = row.getString(10);
            if (tablespaces != null) {
                missing.add("tablespaces are not supported, and there is " + tablespaces);
            }
            for (String function : BackupCalls.functions(row.getInt(5))) {
                missingFunction(connection, function, role, missing);
            }
        }
        if (seesDirectory) {
            missingDirectory(connection, missing);
        }
        return List.copyOf(missing);
    }

    private static void missingFunction(Connection connection, String function, String role, List<String> missing)
            throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT pg_catalog.has_function_privilege(current_user, ?, 'EXECUTE')")) {
            statement.setString(1, function);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    missing.add("role " + role + " may not call " + function + ": GRANT EXECUTE ON FUNCTION " + function
                            + " TO " + role);
                }
            }
        }
    }

    private static void missingDirectory(Connection connection, List<String> missing) throws SQLException {
        try {
            LiveDirectory.of(connection);
        } catch (EnvironmentException e) {
            missing.add(e.getMessage());
        }
    }
}
