package dev.understudy.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A directory that belongs to one run: who owns it, and which processes were started for it. What is in
/// these two files is
/// all that a later start needs to clean up after a crash. Thread-safe.
final class Roster {
    private static final String OWNER = "owner";
    private static final String PROCESSES = "processes";

    private final Path directory;

    private Roster(Path directory) {
        this.directory = directory;
    }

    /// Makes the directory and writes this process down as its owner, synced, before anything else is put
    /// into it.
    static Roster create(Path directory) {
        try {
            Files.createDirectories(directory);
            write(
                    directory.resolve(OWNER),
                    ProcessId.of(ProcessHandle.current().pid())
                            .map(ProcessId::toString)
                            .orElse("?"));
            return new Roster(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make " + directory, e);
        }
    }

    /// The roster of a directory that exists.
    static Roster of(Path directory) {
        return new Roster(directory);
    }

    Path directory() {
        return directory;
    }

    /// Whether the process that owns it still runs.
    boolean isOwned() {
        return read(OWNER).stream()
                .map(ProcessId::parse)
                .flatMap(Optional::stream)
                .anyMatch(ProcessId::isAlive);
    }

    /// This process takes over from an owner that died.
    void adopt() {
        write(
                directory.resolve(OWNER),
                ProcessId.of(ProcessHandle.current().pid())
                        .map(ProcessId::toString)
                        .orElse("?"));
    }

    /// Writes a process down.
    synchronized void started(ProcessHandle process, String what) {
        ProcessId.of(process.pid()).ifPresent(id -> {
            try {
                Files.writeString(
                        directory.resolve(PROCESSES),
                        id + " " + what + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("can't write to " + directory, e);
            }
        });
    }

    /// The processes written down that still run, latest first.
    List<ProcessId> running() {
        return read(PROCESSES).stream()
                .map(line -> ProcessId.parse(line.split(" ")[0]))
                .flatMap(Optional::stream)
                .filter(ProcessId::isAlive)
                .toList()
                .reversed();
    }

    private List<String> read(String file) {
        try {
            return Files.readAllLines(directory.resolve(file));
        } catch (IOException none) {
            return List.of();
        }
    }

    private static void write(Path file, String text) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }
}
