package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The data directory of the server at the other end of a connection, as this machine sees it. That
/// a directory of that name exists here proves nothing (the server may be in a container or behind
/// a tunnel), so it is checked that it is this server's: same system identifier, same port, started
/// at the same time.
final class LiveDirectory {
    private static final long START_SECONDS_APART = 60;

    private LiveDirectory() {}

    /// The directory.
    /// @throws EnvironmentException if it can't be read from here or belongs to another server
    static Path of(Connection connection) throws SQLException {
        Path directory = Path.of(PostgresSettings.setting(connection, "data_directory"));
        if (!Files.isReadable(directory.resolve("PG_VERSION"))) {
            throw new EnvironmentException("the server's data directory " + directory
                    + " can't be read from here: it has to be on this machine and readable by this user");
        }
        String query = """
                SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                  pg_catalog.current_setting('port'),
                  extract(epoch FROM pg_catalog.pg_postmaster_start_time())::bigint
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            requireSame(directory, "system identifier", row.getLong(1), systemIdentifier(directory), 0);
            List<String> lock = Files.readAllLines(directory.resolve("postmaster.pid"));
            requireSame(
                    directory,
                    "port",
                    row.getLong(2),
                    Long.parseLong(lock.get(3).strip()),
                    0);
            requireSame(
                    directory,
                    "start time",
                    row.getLong(3),
                    Long.parseLong(lock.get(2).strip()),
                    START_SECONDS_APART);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new EnvironmentException("the directory " + directory + " is not of the running server: " + e, e);
        }
        return directory;
    }

    private static void requireSame(Path directory, String what, long server, long here, long tolerance) {
        if (Math.abs(server - here) > tolerance) {
            throw new EnvironmentException("the directory " + directory + " on this machine is not the one of the "
                    + "server: its " + what + " is " + here + ", the server's " + server
                    + ". Maybe the server runs in a container or on another machine.");
        }
    }

    /// The first eight bytes of the control file, in the byte order of the machine (PostgreSQL's
    /// `pg_control.h`).
    private static long systemIdentifier(Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve("global/pg_control"))) {
            return ByteBuffer.wrap(in.readNBytes(8))
                    .order(ByteOrder.nativeOrder())
                    .getLong();
        }
    }
}
