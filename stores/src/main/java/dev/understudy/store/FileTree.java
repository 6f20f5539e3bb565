package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all engines do with a tree of files: size it, empty it, delete it. Links are never
/// followed. Stateless.
public final class FileTree {
    private FileTree() {}

    /// How much there is: bytes of regular files, and their number. What vanishes meanwhile is not
    /// counted.
    public record Size(long bytes, long files) {}

    /// Adds up the regular files below `root`.
    public static Size size(Path root) {
        long[] sum = new long[2];
        walk(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    sum[0] += attributes.size();
                    sum[1]++;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return orVanished(failure);
            }
        });
        return new Size(sum[0], sum[1]);
    }

    /// Deletes `root` and all below it; nothing happens if it isn't there.
    /// @throws EnvironmentException naming the first file that cannot be deleted
    public static void delete(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        walk(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return orVanished(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Deletes as far as possible and says nothing: for clean-up after an error that is already
    /// being reported.
    public static void deleteQuietly(@Nullable Path root) {
        if (root == null) {
            return;
        }
        try {
            delete(root);
        } catch (EnvironmentException reportedElsewhere) {
            // the error that made us clean up is the one to show
        }
    }

    /// Makes `directory` exist and checks that it holds nothing.
    /// @throws EnvironmentException if it holds something
    public static void requireEmpty(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> inside = Files.list(directory)) {
                if (inside.findAny().isPresent()) {
                    throw new EnvironmentException("the target of a copy must be empty, and " + directory + " is not");
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException("cannot use " + directory + " as the target of a copy: " + e, e);
        }
    }

    /// Checks that `bytes` fit where `directory` is, before anything is copied there.
    /// @throws EnvironmentException with both numbers if they don't
    public static void requireRoom(Path directory, long bytes) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < bytes) {
                throw new EnvironmentException(
                        "the copy needs " + bytes + " bytes in " + directory + ", and there are " + free + " left");
            }
        } catch (IOException e) {
            throw new EnvironmentException("cannot ask how much room there is in " + directory + ": " + e, e);
        }
    }

    /// Walks without following links.
    /// @throws EnvironmentException naming what could not be read
    public static void walk(Path root, java.nio.file.FileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            throw new EnvironmentException("cannot go through " + root + ": " + e, e);
        }
    }

    /// Goes on if the file just vanished, else fails: live goes on living while we look.
    public static FileVisitResult orVanished(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
