package dev.understudy.store.redis;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a running server keeps its data, as it says itself, and how a snapshot is laid down so that one with
/// the same settings finds it: both as the snapshot it saves, and as the beginning of a file of commands, which
/// a server that keeps one prefers.
///
/// @param version the major one
/// @param directory in the server's file system
public record RedisFiles(int version, Path directory, String snapshot, String commands, String commandsDirectory) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WITH_MANIFEST = 7;

    /// Asks the server.
    /// @param usual its directory if it does not tell
    public static RedisFiles of(RedisLogin login, Path usual) {
        try (RedisConnection connection = RedisConnection.open(login, PATIENCE)) {
            Map<String, String> settings = new HashMap<>();
            // one at a time: several in one command are known since version 7
            for (String name : List.of("dir", "dbfilename", "appendfilename", "appenddirname")) {
                List<RedisReply> told = connection.tryTo("CONFIG", "GET", name).items();
                if (told.size() == 2) {
                    settings.put(name, told.getLast().text());
                }
            }
            return new RedisFiles(
                    major(connection.ask("INFO", "server").text()),
                    Path.of(settings.getOrDefault("dir", usual.toString())),
                    settings.getOrDefault("dbfilename", "dump.rdb"),
                    settings.getOrDefault("appendfilename", "appendonly.aof"),
                    settings.getOrDefault("appenddirname", "appendonlydir"));
        }
    }

    private static int major(String info) {
        return info.lines()
                .filter(line -> line.matches("(redis|valkey)_version:[0-9]+\\..*"))
                .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1, line.indexOf('.'))))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("the server does not say which version of Redis it is"));
    }

    /// Where the snapshot belongs in a copy of its directory.
    public Path snapshotIn(Path copy) {
        return copy.resolve(snapshot);
    }

    /// Makes the other form of it, of the same blocks where the file system shares files. Since version 7 there
    /// is a list of files in a directory of its own; before, the snapshot may be the beginning of the one file.
    public void layDown(Path copy) {
        try {
            Path base = copy.resolve(commands);
            if (version >= WITH_MANIFEST) {
                Path directory = Files.createDirectories(copy.resolve(commandsDirectory));
                base = directory.resolve(commands + ".1.base.rdb");
                Files.createFile(directory.resolve(commands + ".1.incr.aof"));
                Files.writeString(directory.resolve(commands + ".manifest"), """
                        file NAME.1.base.rdb seq 1 type b
                        file NAME.1.incr.aof seq 1 type i
                        """.replace("NAME", commands));
                Files.createLink(base, snapshotIn(copy));
            } else {
                Files.copy(snapshotIn(copy), base); // it is appended to
            }
        } catch (IOException e) {
            throw new EnvironmentException("the snapshot can't be laid down in " + copy + ": " + e, e);
        }
    }
}
