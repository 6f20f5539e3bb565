package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A tree of files as one file (`tar`, `gzip`): modes and empty directories survive whatever carries it to
/// another
/// machine, owners do not. Stateless.
public final class PackedTree {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private PackedTree() {}

    /// Packs what is in `directory`.
    /// @throws EnvironmentException if it can't be read, or `file` not be written, as when the disk is full
    public static void pack(Path directory, Path file) {
        Program.require(
                List.of(
                        "tar",
                        "--create",
                        "--gzip",
                        "--file",
                        file.toString(),
                        "--directory",
                        directory.toString(),
                        "."),
                LIMIT);
    }

    /// Unpacks into `directory`, which must be absent or empty; the files belong to the user of this process.
    /// Nothing is left if it fails.
    /// @throws EnvironmentException if it is no such file, or there is no room
    public static void unpack(Path file, Path directory) {
        FileTree.requireEmpty(directory);
        boolean complete = false;
        try {
            Files.createDirectories(directory);
            Program.require(
                    List.of(
                            "tar",
                            "--extract",
                            "--gzip",
                            "--file",
                            file.toString(),
                            "--directory",
                            directory.toString(),
                            "--no-same-owner",
                            "--same-permissions"),
                    LIMIT);
            complete = true;
        } catch (IOException e) {
            throw new EnvironmentException("cannot unpack " + file + " into " + directory + ": " + e, e);
        } finally {
            if (!complete) {
                FileTree.deleteQuietly(directory);
            }
        }
    }
}
