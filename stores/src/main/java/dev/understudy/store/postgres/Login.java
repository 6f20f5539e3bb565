package dev.understudy.store.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/// Where a PostgreSQL database is and as whom to enter it. Immutable; its text never shows the
/// password.
///
/// @param host a host name or address, or (as for `psql`) a directory beginning with `/` that holds
///     the server's Unix socket, which is reachable from outside the server's network namespace
/// @param port 1 to 65535; for a socket it is part of the socket's name
public record Login(String host, int port, String database, String user, Optional<String> password) {

    /// A login without a password.
    public static Login of(String host, int port, String database, String user) {
        return new Login(host, port, database, user, Optional.empty());
    }

    /// The same place, another role.
    public Login as(String otherUser, Optional<String> otherPassword) {
        return new Login(host, port, database, otherUser, otherPassword);
    }

    /// Opens a connection, waiting at most `limit` for each of the connection and its answer.
    /// @throws SQLException as the server or the network says
    public Connection open(Duration limit) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("ApplicationName", "understudy");
        properties.setProperty("connectTimeout", Long.toString(Math.max(1, limit.toSeconds())));
        properties.setProperty("loginTimeout", Long.toString(Math.max(1, limit.toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        // Else the driver prints failed log-ins of readiness probes on standard error.
        properties.setProperty("logUnclosedConnections", "false");
        String place = host;
        if (host.startsWith("/")) {
            place = "localhost";
            properties.setProperty("sslmode", "disable");
            properties.setProperty("gssEncMode", "disable");
            properties.setProperty("socketFactory", UnixSockets.class.getName());
            properties.setProperty(
                    "socketFactoryArg", socket(Path.of(host), port).toString());
        } else if (host.contains(":") && !host.startsWith("[")) {
            place = "[" + host + "]";
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://" + place + ":" + port + "/" + encoded(database), properties);
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
    }

    /// The name PostgreSQL gives its socket in `directory`.
    static Path socket(Path directory, int port) {
        return directory.resolve(".s.PGSQL." + port);
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
