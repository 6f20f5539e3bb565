package dev.understudy.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/// By what a file is told to be untouched: its number, its kind, how many names it has, and when the kernel last
/// saw it change.
///
/// @param inode `st_ino`
/// @param type the type bits of `st_mode`
/// @param links `st_nlink`
/// @param changed `st_ctime`
record FileStamp(long inode, int type, int links, Instant changed) {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;

    /// The kernel's clock for change times may stand still for a tick, 10 ms at most (CONFIG_HZ=100).
    private static final Duration TICK = Duration.ofMillis(15);

    /// The stamps of all that is below `root`, and of `root` itself under the empty name. Empty if `root` isn't
    /// there or the file system knows no such things.
    static Map<Path, FileStamp> below(Path root) {
        Map<Path, FileStamp> stamps = new HashMap<>();
        try {
            collect(root, root, stamps);
            return stamps;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Map.of();
        }
    }

    private static void collect(Path root, Path path, Map<Path, FileStamp> into) throws IOException {
        FileStamp stamp = of(path);
        into.put(root.relativize(path), stamp);
        if (stamp.isDirectory()) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                for (Path entry : inside) {
                    collect(root, entry, into);
                }
            }
        }
    }

    private static FileStamp of(Path path) throws IOException {
        Map<String, Object> read = Files.readAttributes(path, "unix:ino,mode,nlink,ctime", LinkOption.NOFOLLOW_LINKS);
        return new FileStamp(
                (long) value(read, "ino"),
                (int) value(read, "mode") & TYPE,
                (int) value(read, "nlink"),
                ((FileTime) value(read, "ctime")).toInstant());
    }

    private static Object value(Map<String, Object> read, String name) {
        return Objects.requireNonNull(read.get(name), name);
    }

    boolean isDirectory() {
        return type == DIRECTORY;
    }

    /// Waits until whatever changes from now on gets a later change time than what changed until now.
    static void awaitTick() {
        long until = System.nanoTime() + TICK.toNanos();
        for (long left = TICK.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// Whether writing to it changes nothing else: it is of a kind that has content, and has one name.
    boolean canBeOverwritten() {
        return isDirectory() || (type == REGULAR && links == 1);
    }
}
