package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Frozen;
import dev.understudy.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A running PostgreSQL server, copied online by its own backup calls; nothing is paused and
/// nothing is written in live except a temporary slot, a checkpoint and the switch to the next log
/// file that the backup calls bring with them.
///
/// ```
///  live   ─ slot ─ start(fast) ──── commits go on ──────── stop ─ END record ─ log switch ──▶
///  copy           │ data files, in any state │ control file │                │ log files │
///                                              surelyIn ────┘   surelyOut ───┘
/// ```
///
/// The clone shows live at the log switch inside `pg_backup_stop`: recovery replays the copied log
/// to its end. A commit that was acknowledged has its record in the log, so it lies before that
/// switch if it was acknowledged before the call was made (`surelyIn`), and a transaction that
/// began after the call returned lies behind it (`surelyOut`).
///
/// The server has to run on this machine, its data directory readable. Safe from any thread.
public final class PostgresStore implements Store {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Login login;
    private final long bytesPerSecond;
    private final Timeline timeline;
    private final InstantSource clock;

    /// @param bytesPerSecond the most that is copied in a second; 0 for no limit
    public PostgresStore(Login login, long bytesPerSecond, Timeline timeline, InstantSource clock) {
        this.login = login;
        this.bytesPerSecond = bytesPerSecond;
        this.timeline = timeline;
        this.clock = clock;
    }

    /// Everything that stands in the way of a copy, a sentence each with its remedy; empty if
    /// nothing does.
    /// @throws EnvironmentException if the server can't be reached
    public List<String> missingRights() {
        try (Connection connection = login.open(CONNECT)) {
            return PostgresRights.missing(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Frozen freeze(Path target) {
        FileTree.requireEmpty(target);
        boolean complete = false;
        try (Connection connection = login.open(CONNECT)) {
            List<String> missing = PostgresRights.missing(connection);
            if (!missing.isEmpty()) {
                throw new EnvironmentException(
                        "cannot copy " + login + " online:\n  - " + String.join("\n  - ", missing));
            }
            Frozen frozen = backup(connection, LiveDirectory.of(connection), target);
            complete = true;
            return frozen;
        } catch (SQLException | IOException e) {
            throw failed(e);
        } finally {
            if (!complete) {
                FileTree.deleteQuietly(target);
            }
        }
    }

    private Frozen backup(Connection connection, Path live, Path target) throws SQLException, IOException {
        FileTree.requireRoom(target, FileTree.size(live).bytes());
        BackupCalls calls = BackupCalls.on(connection);
        String mark =
                "understudy_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        Throttle throttle = new Throttle(timeline, bytesPerSecond);
        HotFiles files = new HotFiles(live, target, PostgresSettings.setting(connection, "log_directory"), throttle);
        calls.keepLog(mark);
        String start = calls.start(mark);
        files.copy();
        long surelyIn = clock.millis();
        BackupCalls.Stopped stopped = calls.stop();
        long surelyOut = clock.millis() + 1;
        Files.writeString(target.resolve("backup_label"), stopped.label());
        if (!stopped.tablespaces().isBlank()) {
            Files.writeString(target.resolve("tablespace_map"), stopped.tablespaces());
        }
        List<String> log = log(connection, stopped.label(), start, stopped.position());
        for (String segment : log) {
            copySegment(live, target, segment);
        }
        calls.releaseLog(mark);
        PostgresSettings.write(connection, target, login.password().isPresent());
        FileTree.Size size = FileTree.size(target);
        return new Frozen(
                target,
                size.bytes(),
                size.files(),
                surelyIn,
                surelyOut,
                Duration.ZERO,
                notes(connection, start, stopped.position(), log.size()));
    }

    private List<String> log(Connection connection, String label, String start, String end)
            throws SQLException, IOException {
        // START WAL LOCATION: 0/2000028 (file 000000010000000000000002)
        int file = label.indexOf("(file ");
        if (file < 0) {
            throw new IOException("no log file is named in the backup label: "
                    + label.lines().findFirst().orElse(""));
        }
        String timelineId = label.substring(file + 6, file + 14);
        long size = bytes(connection, "wal_segment_size");
        return new WalSegments(timelineId, size).between(start, end);
    }

    private static void copySegment(Path live, Path target, String segment) throws IOException {
        Path from = live.resolve("pg_wal").resolve(segment);
        if (!Files.exists(from)) {
            throw new EnvironmentException("live removed its log file " + segment + " while it was being copied. "
                    + "Maybe max_slot_wal_keep_size is too small.");
        }
        Files.copy(from, target.resolve("pg_wal").resolve(segment));
    }

    private static List<String> notes(Connection connection, String start, String end, int segments)
            throws SQLException {
        List<String> notes = new ArrayList<>();
        notes.add("log " + start + " to " + end + " in " + segments + " files");
        String unlogged = """
                SELECT string_agg(oid::regclass::text, ', ' ORDER BY oid) FROM pg_catalog.pg_class
                WHERE relpersistence = 'u' AND relkind = 'r'
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(unlogged)) {
            if (row.next() && row.getString(1) != null) {
                notes.add("unlogged tables are empty in the copy: " + row.getString(1));
            }
        }
        return notes;
    }

    private static long bytes(Connection connection, String setting) throws SQLException {
        String query = "SELECT pg_catalog.pg_size_bytes(pg_catalog.current_setting('" + setting + "'))";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private EnvironmentException failed(Exception e) {
        return new EnvironmentException("cannot copy " + login + " online: " + e.getMessage(), e);
    }
}
