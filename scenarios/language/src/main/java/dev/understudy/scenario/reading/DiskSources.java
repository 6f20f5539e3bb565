package dev.understudy.scenario.reading;

import dev.understudy.scenario.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a disk; relative names start at `root`. Thread-safe. Reads regular files only, so that a
/// pipe or a device can't keep a reader waiting, and none larger than `largest` bytes.
public record DiskSources(Path root, int largest) implements SourceTree {
    /// A tree whose files are at most [SourceTree#LARGEST].
    public DiskSources(Path root) {
        this(root, LARGEST);
    }

    private static final Optional<String> NO_NAME = Optional.of("no file can have this name");

    @Override
    public Found open(String name) {
        Optional<String> why = whyUnreadable(name);
        if (why.isPresent()) {
            return new Found.Unreadable(why.get());
        }
        Path path = root.resolve(name);
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > largest) {
                return new Found.Unreadable("it has " + size + " bytes; at most " + largest + " are read");
            }
            // The file may have grown since it was measured.
            byte[] bytes = in.readNBytes(largest + 1);
            return bytes.length > largest
                    ? new Found.Unreadable("it has more than " + largest + " bytes")
                    : new Found.Content(bytes);
        } catch (IOException e) {
            return new Found.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> whyNoDirectory(String name) {
        return path(name).map(DiskSources::whyNoDirectory).orElse(NO_NAME);
    }

    private static Optional<String> whyNoDirectory(Path path) {
        if (!Files.exists(path)) {
            return Optional.of("no such directory");
        }
        if (!Files.isDirectory(path)) {
            return Optional.of("it is a file, not a directory");
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of("permission denied");
    }

    @Override
    public Optional<String> whyUnreadable(String name) {
        return path(name).map(DiskSources::whyUnreadable).orElse(NO_NAME);
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(root.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> whyUnreadable(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.of("it is a directory");
        }
        if (!Files.exists(path)) {
            return Optional.of("no such file");
        }
        if (!Files.isRegularFile(path)) {
            return Optional.of("it is not a regular file");
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of("permission denied");
    }
}
