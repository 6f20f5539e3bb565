package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.Frozen;
import dev.understudy.store.TreeSync;
import dev.understudy.store.postgres.Login;
import dev.understudy.store.postgres.PostgresStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Copies a PostgreSQL server's data directory while it runs, by its own backup calls, and keeps live's
/// settings, for the clone runs where live's program does; but for what reaches out of the clone.
final class PostgresCopy {
    private static final List<String> SETTINGS =
            List.of("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf");

    /// The last setting of a name is the one that counts. A clone sends its log to no archive and follows no
    /// other server; it waits for no standby, which is not there; and it takes no subscription's changes. What
    /// is set on the command line of live's container counts more than this: there the arm's walls are what
    /// holds.
    private static final String NEUTRAL = """

            # Appended when the server was cloned: a clone reaches out to nobody.
            archive_mode = 'off'
            primary_conninfo = ''
            synchronous_standby_names = ''
            max_logical_replication_workers = 0
            """;

    /// Live's own lines come first. They may name live's networks, and an arm has others: who knows a password
    /// may come from those. `md5` takes passwords that are stored either way.
    private static final String NEIGHBOURS = """

            # Appended when the server was cloned, for the networks of the clone.
            host all all samenet md5
            """;

    private PostgresCopy() {}

    static void run(List<String> words) throws IOException {
        Path data = Path.of(words.get(3));
        List<CopyPair> pairs = CopyPair.read(words.subList(4, words.size()));
        Room.require(pairs);
        CopyPair holder = pairs.stream()
                .filter(pair -> data.startsWith(pair.from()))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException(
                        "the server's data directory " + data + " is in none of its container's volumes"));
        Path target = holder.to().resolve(holder.from().relativize(data).toString());
        Login login = new Login(
                "127.0.0.1",
                Integer.parseInt(words.get(0)),
                words.get(1),
                words.get(2),
                Optional.ofNullable(System.getenv("PGPASSWORD")).filter(password -> !password.isEmpty()));
        Files.createDirectories(target);
        Frozen frozen = new PostgresStore(login, Pace.bytesPerSecond(), new RealTimeline(), InstantSource.system())
                .freeze(target);
        keepSettings(data, target);
        CopyPair.own(target, data);
        CopyPair.likeAbove(holder, data, target);
        for (CopyPair pair : pairs) {
            if (!pair.equals(holder)) {
                new TreeSync(pair.from(), pair.to()).pass();
            }
        }
        frozen.notes().forEach(note -> System.out.println("note " + note));
        CopyPair.tell(pairs, frozen.surelyInEpochMillis(), frozen.surelyOutEpochMillis());
    }

    private static void keepSettings(Path data, Path target) throws IOException {
        for (String settings : SETTINGS) {
            if (Files.exists(data.resolve(settings))) {
                Files.copy(data.resolve(settings), target.resolve(settings), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (DirectoryStream<Path> ciphers = Files.newDirectoryStream(data, "*.{key,crt,pem}")) {
            for (Path file : ciphers) {
                Path copy = target.resolve(data.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        append(target.resolve("postgresql.auto.conf"), NEUTRAL);
        append(target.resolve("pg_hba.conf"), NEIGHBOURS);
        // a replica's clone is a server of its own
        Files.deleteIfExists(target.resolve("standby.signal"));
        Files.deleteIfExists(target.resolve("recovery.signal"));
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
