package dev.understudy.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The calls that begin and end a non-exclusive backup, which changed their names in PostgreSQL 15.
/// The backup belongs to the connection: when that ends, however it ends, so does the backup, and
/// the slot goes too.
///
/// @param connection held open from start to stop, in auto-commit
/// @param version `server_version_num`
record BackupCalls(Connection connection, int version) {
    private static final int RENAMED = 150_000;

    /// What is to be written into the copy, and the log position at which it is complete.
    record Stopped(String label, String tablespaces, String position) {}

    /// The functions that the role must be allowed to execute.
    static List<String> functions(int version) {
        return version >= RENAMED
                ? List.of("pg_catalog.pg_backup_start(text, boolean)", "pg_catalog.pg_backup_stop(boolean)")
                : List.of(
                        "pg_catalog.pg_start_backup(text, boolean, boolean)",
                        "pg_catalog.pg_stop_backup(boolean, boolean)");
    }

    static BackupCalls on(Connection connection) throws SQLException {
        return new BackupCalls(
                connection, Integer.parseInt(PostgresSettings.setting(connection, "server_version_num")));
    }

    /// Keeps the log from now on until the connection ends.
    void keepLog(String slot) throws SQLException {
        one("SELECT pg_catalog.pg_create_physical_replication_slot(?, true, true)::text", slot);
    }

    /// Forgets the slot now rather than when the connection ends.
    void releaseLog(String slot) throws SQLException {
        one("SELECT pg_catalog.pg_drop_replication_slot(?)::text", slot);
    }

    /// Begins the backup with an immediate checkpoint; returns the log position from which recovery
    /// starts.
    String start(String label) throws SQLException {
        return version >= RENAMED
                ? one("SELECT pg_catalog.pg_backup_start(?, true)::text", label)
                : one("SELECT pg_catalog.pg_start_backup(?, true, false)::text", label);
    }

    /// Ends the backup without waiting for an archive: the log is copied by us.
    Stopped stop() throws SQLException {
        String call = version >= RENAMED
                ? "SELECT labelfile, spcmapfile, lsn::text FROM pg_catalog.pg_backup_stop(false)"
                : "SELECT labelfile, spcmapfile, lsn::text FROM pg_catalog.pg_stop_backup(false, false)";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(call)) {
            row.next();
            return new Stopped(row.getString(1), row.getString(2), row.getString(3));
        }
    }

    private String one(String query, String argument) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }
}
