package dev.understudy.store.redis;

import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lists all keys of a server with their types and values, sorted. Whether a key expires is listed, when it
/// does isn't: time goes on differently in two arms. Values above 64 KiB are listed as `sha256:…`. What changes
/// while it is listed may be listed either way. Stateless.
public final class RedisListing {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final int MOST_KEYS = 1_000_000;
    private static final List<String> COLUMNS = List.of("database", "key", "type", "value", "expires");

    /// Everything the server holds, as the data of `service`.
    /// @throws EnvironmentException if it can't be reached or refuses to tell
    public DataImage list(RedisLogin login, String service) {
        try (RedisConnection connection = RedisConnection.open(login, PATIENCE)) {
            awaitLoaded(connection);
            List<String> structure = new ArrayList<>();
            List<String> incomplete = new ArrayList<>();
            Map<String, List<@Nullable String>> rows = new TreeMap<>();
            connection
                    .ask("INFO", "keyspace")
                    .text()
                    .lines()
                    .filter(line -> line.matches("db[0-9]+:.*"))
                    .map(line -> line.substring(2, line.indexOf(':')))
                    .forEach(database -> {
                        structure.add("database " + database);
                        database(connection, database, rows, incomplete);
                    });
            structure.sort(null);
            DataImage.Table keys = new DataImage.Table(
                    "keys", COLUMNS, List.of(0, 1), List.of("", "", "", "", ""), List.copyOf(rows.values()));
            return new DataImage(
                    service,
                    List.copyOf(structure),
                    List.of(keys),
                    incomplete.stream().distinct().sorted().toList());
        }
    }

    /// A server that has just been started reads its files first, and answers anything with `LOADING`.
    private static void awaitLoaded(RedisConnection connection) {
        long end = System.nanoTime() + STARTING.toNanos();
        while (connection.tryTo("PING") instanceof RedisReply.Refusal(String words) && words.startsWith("LOADING")) {
            if (System.nanoTime() > end) {
                throw new EnvironmentException("Redis is still loading its data: " + words);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void database(
            RedisConnection connection,
            String database,
            Map<String, List<@Nullable String>> rows,
            List<String> incomplete) {
        connection.ask("SELECT", database);
        String cursor = "0";
        do {
            List<RedisReply> page =
                    connection.ask("SCAN", cursor, "COUNT", "500").items();
            cursor = page.getFirst().text();
            List<byte[]> keys =
                    page.getLast().items().stream().map(RedisReply::bytes).toList();
            // a scan may come upon a key twice
            RedisValue.read(connection, keys, incomplete)
                    .forEach((key, value) -> rows.put(
                            database + " " + key,
                            List.of(database, key, value.type(), value.text(), value.expires() ? "yes" : "no")));
            if (rows.size() > MOST_KEYS) {
                incomplete.add("only the first " + MOST_KEYS + " keys are listed");
                return;
            }
        } while (!cursor.equals("0"));
    }
}
