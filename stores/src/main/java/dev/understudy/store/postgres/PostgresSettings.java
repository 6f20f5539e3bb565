package dev.understudy.store.postgres;

import dev.understudy.store.postgres.PostgresServer.Care;
import dev.understudy.store.postgres.PostgresServer.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a clone takes over from live's settings, and what it must not: everything that names a
/// place, reaches out, or asks for live's memory. Stateless.
final class PostgresSettings {
    /// Names that stay behind.
    private static final Pattern NOT_TAKEN = Pattern.compile("(listen_addresses|port|unix_socket_.*|bonjour.*"
            + "|data_directory.*|config_file|hba_file|ident_file|external_pid_file|archive_.*|restore_command"
            + "|recovery_.*|primary_.*|promote_trigger_file|synchronous_standby_names|synchronized_standby_slots"
            + "|sync_replication_slots|hot_standby.*|ssl.*|krb_.*|gss_.*|oauth_.*|log_directory|log_filename"
            + "|log_destination|logging_collector|log_file_mode|log_rotation_.*|log_truncate_on_rotation|syslog_.*"
            + "|event_source|shared_buffers|huge_page.*|shared_memory_type|dynamic_shared_memory_type"
            + "|stats_temp_directory|fsync|synchronous_commit|wal_sync_method|io_method|max_logical_replication_workers"
            + "|update_process_title)");

    /// Settings that every client overrides, ours too, so that live's own value is only in its
    /// files.
    private static final Pattern HIDDEN_BY_CLIENT =
            Pattern.compile("(?im)^\\s*(timezone|datestyle|extra_float_digits)\\s*=?\\s*'?([^'#\\r\\n]*)'?");

    private PostgresSettings() {}

    /// The settings of a command line, in a stable order.
    static Map<String, String> commandLine(Listening listening, Care care, Map<String, String> settings) {
        refuseUnsafe(care, settings);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", listening.addresses().orElse(""));
        all.put("port", Integer.toString(listening.port()));
        all.put(
                "unix_socket_directories",
                listening.socketDirectory().map(Path::toString).orElse(""));
        all.put("fsync", care == Care.LIVE ? "on" : "off");
        all.put("synchronous_commit", "on");
        all.put("logging_collector", "off");
        all.put("log_destination", "stderr");
        all.put("external_pid_file", "");
        if (care == Care.SHADOW) {
            all.put("shared_buffers", "32MB");
            all.put("ssl", "off");
            all.put("archive_mode", "off");
            all.put("synchronous_standby_names", "");
            all.put("max_logical_replication_workers", "0");
            all.put("huge_pages", "off");
        }
        all.putAll(new TreeMap<>(settings));
        return all;
    }

    private static void refuseUnsafe(Care care, Map<String, String> settings) {
        refuse(settings, "synchronous_commit");
        if (care == Care.LIVE) {
            refuse(settings, "fsync");
        }
    }

    private static void refuse(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "on");
        if (!value.equals("on")) {
            throw new IllegalArgumentException(name + " = " + value + " loses acknowledged commits; only 'on' is run");
        }
    }

    /// Writes the clone's own configuration: live's settings as the server itself reports them,
    /// wherever its files are, and who may connect (from this machine only; with a password if
    /// live's role has one).
    static void write(Connection live, Path clone, boolean withPassword) throws SQLException, IOException {
        StringBuilder text = new StringBuilder("# Taken from the running server when it was cloned.\n");
        taken(live)
                .forEach((name, value) -> text.append(name)
                        .append(" = '")
                        .append(value.replace("\\", "\\\\").replace("'", "''"))
                        .append("'\n"));
        Files.writeString(clone.resolve("postgresql.conf"), text);
        Files.writeString(clone.resolve("postgresql.auto.conf"), "");
        Files.writeString(clone.resolve("pg_ident.conf"), "");
        // 'md5' accepts passwords stored either way.
        String method = withPassword ? "md5" : "trust";
        Files.writeString(clone.resolve("pg_hba.conf"), """
                local all all METHOD
                host all all 127.0.0.0/8 METHOD
                host all all ::1/128 METHOD
                host all all samehost METHOD
                """.replace("METHOD", method));
    }

    private static Map<String, String> taken(Connection live) throws SQLException {
        Map<String, String> taken = new TreeMap<>(hiddenByClient(live));
        String query = """
                SELECT name, setting FROM pg_catalog.pg_settings
                WHERE source IN ('configuration file', 'command line', 'global', 'environment variable')
                  AND context <> 'internal' AND setting IS NOT NULL
                """;
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                taken.put(row.getString(1), row.getString(2));
            }
        }
        taken.keySet().removeIf(name -> NOT_TAKEN.matcher(name).matches());
        return taken;
    }

    private static Map<String, String> hiddenByClient(Connection live) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        readHidden(Path.of(setting(live, "config_file")), found);
        readHidden(Path.of(setting(live, "data_directory"), "postgresql.auto.conf"), found);
        return found;
    }

    private static void readHidden(Path file, Map<String, String> into) {
        try {
            Matcher matcher = HIDDEN_BY_CLIENT.matcher(Files.readString(file));
            while (matcher.find()) {
                into.put(
                        matcher.group(1).toLowerCase(java.util.Locale.ROOT),
                        matcher.group(2).strip());
            }
        } catch (IOException unreadable) {
            // the server's defaults are all that is left; clients override these settings anyway
        }
    }

    /// One setting as the server shows it.
    static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_catalog.current_setting(?)")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1)).orElse("");
            }
        }
    }
}
