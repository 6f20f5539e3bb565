package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.redis.RedisFiles;
import dev.understudy.store.redis.RedisLogin;
import dev.understudy.store.redis.RedisSnapshot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Copies what a Redis server holds while it runs, as a replica gets it. Settings and access lists beside the
/// data are taken along; the files that the server writes are not read at all.
final class RedisCopy {
    /// The variable with the password, as the server's own client has it.
    static final String PASSWORD = "REDISCLI_AUTH";
    /// The variable with the user.
    static final String USER = "REDISCLI_USER";

    /// A server may wait for more replicas before it begins, five seconds unless told otherwise.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RedisCopy() {}

    static void run(List<String> words) throws IOException {
        List<CopyPair> pairs = CopyPair.read(words.subList(1, words.size()));
        Room.require(pairs);
        RedisLogin login = new RedisLogin(
                "127.0.0.1",
                Integer.parseInt(words.getFirst()),
                Optional.ofNullable(System.getenv(USER)),
                Optional.ofNullable(System.getenv(PASSWORD)));
        RedisFiles files = RedisFiles.of(login, pairs.getFirst().from());
        CopyPair holder = pairs.stream()
                .filter(pair -> files.directory().startsWith(pair.from()))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("Redis keeps its data in " + files.directory()
                        + ", which is in none of its container's volumes"));
        Path copy =
                holder.to().resolve(holder.from().relativize(files.directory()).toString());
        Files.createDirectories(copy);
        RedisSnapshot.Taken taken = RedisSnapshot.fetch(login, files.snapshotIn(copy), PATIENCE);
        files.layDown(copy);
        try (DirectoryStream<Path> settings = Files.newDirectoryStream(files.directory(), "*.{conf,acl}")) {
            for (Path file : settings) {
                Files.copy(
                        file,
                        copy.resolve(files.directory().relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        CopyPair.own(copy, files.directory());
        CopyPair.likeAbove(holder, files.directory(), copy);
        CopyPair.tell(pairs, taken.surelyInEpochMillis(), taken.surelyOutEpochMillis());
    }
}
