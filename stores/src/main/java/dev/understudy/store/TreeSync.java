package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/// Copies a tree of files in passes: the first copies all, each later one what has changed since, so that the
/// last one, while nobody writes, is short. Modes, owners, times and links are kept; sockets and pipes, which
/// hold nothing, are left out. Where the file system can share blocks, copies do.
///
/// A file counts as changed if its size, its inode or the time of its last change is other than before, or if
/// that time was so recent that the clock of the file system may not have moved on since. Not thread-safe.
public final class TreeSync {
    private static final long CLOCK_TICK_MILLIS = 100;
    private static final int PART = 8 << 20;

    private final Path from;
    private final Path to;
    private final IntConsumer copied;
    private Map<Path, Seen> last = Map.of();

    private record Seen(long size, FileTime changed, Object inode, boolean isSettled) {
        boolean isAs(Seen before) {
            return before.isSettled
                    && size == before.size
                    && changed.equals(before.changed)
                    && inode.equals(before.inode);
        }
    }

    /// @param to a directory that exists, and holds what earlier passes have put there
    public TreeSync(Path from, Path to) {
        this(from, to, _ -> {});
    }

    /// @param copied is told of each part that was copied, in bytes; what it waits slows the copy down
    public TreeSync(Path from, Path to, IntConsumer copied) {
        this.from = from;
        this.to = to;
        this.copied = copied;
    }

    /// What a pass did.
    ///
    /// @param files that were copied
    /// @param bytes of them
    /// @param removed files and directories that are gone in the source
    public record Pass(long files, long bytes, long removed) {
        /// Whether there was nothing to do.
        public boolean isEmpty() {
            return files == 0 && removed == 0;
        }
    }

    /// Makes the copy equal to the source, as it was when each file was looked at.
    /// @throws EnvironmentException if something can't be copied
    public Pass pass() {
        Visit visit = new Visit();
        FileTree.walk(from, visit);
        Set<Path> gone = new TreeSet<>(last.keySet());
        gone.removeAll(visit.seen.keySet());
        gone.forEach(path -> FileTree.delete(to.resolve(path)));
        last = visit.seen;
        return new Pass(visit.files, visit.bytes, gone.size());
    }

    private final class Visit extends SimpleFileVisitor<Path> {
        private final Map<Path, Seen> seen = new HashMap<>();
        private long files;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Path target = target(directory);
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(target);
                Files.createDirectory(target);
            }
            if (!directory.equals(from)) {
                seen.put(from.relativize(directory), seen(attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isOther()) {
                return FileVisitResult.CONTINUE;
            }
            Path name = from.relativize(file);
            Seen now = seen(attributes);
            seen.put(name, now);
            Seen before = last.get(name);
            if (before == null || !now.isAs(before)) {
                copy(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        private void copy(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = target(file);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(target);
            }
            try {
                if (attributes.isRegularFile() && attributes.size() > PART) {
                    inParts(file, target, attributes);
                } else {
                    Files.copy(
                            file,
                            target,
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            LinkOption.NOFOLLOW_LINKS);
                    copied.accept(attributes.isRegularFile() ? (int) attributes.size() : 0);
                }
                keepOwner(file, target);
            } catch (java.nio.file.NoSuchFileException vanished) {
                seen.remove(from.relativize(file));
                return;
            }
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
        }

        /// The kernel shares blocks, where it can, for parts as it does for files.
        private void inParts(Path file, Path target, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(target);
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                    FileChannel out =
                            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long end = in.size();
                for (long at = 0, moved = 1; at < end && moved > 0; at += moved) {
                    moved = in.transferTo(at, Math.min(PART, end - at), out);
                    copied.accept((int) moved);
                }
            }
            Files.setAttribute(target, "unix:mode", Files.getAttribute(file, "unix:mode"));
            Files.setLastModifiedTime(target, attributes.lastModifiedTime());
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Path target = target(directory);
            keepOwner(directory, target);
            Files.setAttribute(target, "unix:mode", Files.getAttribute(directory, "unix:mode"));
            Files.setLastModifiedTime(target, Files.getLastModifiedTime(directory));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return FileTree.orVanished(failure);
        }

        private void keepOwner(Path file, Path target) throws IOException {
            for (String whose : new String[] {"unix:uid", "unix:gid"}) {
                Object wanted = Files.getAttribute(file, whose, LinkOption.NOFOLLOW_LINKS);
                if (!wanted.equals(Files.getAttribute(target, whose, LinkOption.NOFOLLOW_LINKS))) {
                    Files.setAttribute(target, whose, wanted, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }

        private Path target(Path file) {
            return to.resolve(from.relativize(file).toString());
        }

        private Seen seen(BasicFileAttributes attributes) {
            FileTime changed = attributes.lastModifiedTime();
            Object inode = attributes.fileKey() == null ? "" : attributes.fileKey();
            boolean isSettled = System.currentTimeMillis() - changed.toMillis() > CLOCK_TICK_MILLIS;
            return new Seen(attributes.isDirectory() ? 0 : attributes.size(), changed, inode, isSettled);
        }
    }
}
