package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Copies a tree of files with modes, owners and times; links are kept if they stay inside.
/// Sockets, pipes, devices and links that lead outside are refused by name. Not thread-safe: one a
/// copy.
final class FaithfulCopy extends SimpleFileVisitor<Path> {
    private static final int CHUNK = 4 << 20;

    private final Path from;
    private final Path to;
    private final BooleanSupplier giveUp;
    private long bytes;
    private long files;
    private boolean gaveUp;

    /// @param giveUp asked between chunks; once it says yes, the copy ends where it is
    FaithfulCopy(Path from, Path to, BooleanSupplier giveUp) {
        this.from = from;
        this.to = to;
        this.giveUp = giveUp;
    }

    /// What tells that a file was changed: size, time of change, inode.
    record Trace(long size, FileTime changed, @Nullable Object inode) {}

    /// The traces of all there is below `root`.
    /// @throws EnvironmentException naming something that can't be copied
    static Map<Path, Trace> traces(Path root) {
        Map<Path, Trace> traces = new HashMap<>();
        FileTree.walk(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                requireCopyable(root, file, attributes);
                traces.put(file, new Trace(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return FileTree.orVanished(failure);
            }
        });
        return traces;
    }

    /// Copies all; returns whether it got to the end.
    boolean run() {
        FileTree.walk(from, this);
        return !gaveUp;
    }

    long bytes() {
        return bytes;
    }

    long files() {
        return files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        Files.createDirectories(target(directory));
        return goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        requireCopyable(from, file, attributes);
        if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(target(file), linkTarget(file));
        } else {
            copyContent(file);
            copyAttributes(file);
        }
        files++;
        return goOn();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        copyAttributes(directory);
        return goOn();
    }

    private FileVisitResult goOn() {
        gaveUp |= giveUp.getAsBoolean();
        return gaveUp ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private Path target(Path file) {
        return to.resolve(from.relativize(file));
    }

    private void copyContent(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(target(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = in.size();
            long at = 0;
            while (at < end && goOn() == FileVisitResult.CONTINUE) {
                long moved = in.transferTo(at, Math.min(CHUNK, end - at), out);
                if (moved <= 0) {
                    break;
                }
                at += moved;
                bytes += moved;
            }
        }
    }

    private void copyAttributes(Path file) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView view = Files.getFileAttributeView(target(file), PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(attributes.owner())) {
            view.setOwner(attributes.owner());
        }
        if (!view.readAttributes().group().equals(attributes.group())) {
            view.setGroup(attributes.group());
        }
        view.setPermissions(attributes.permissions());
        view.setTimes(attributes.lastModifiedTime(), attributes.lastAccessTime(), null);
    }

    /// A link to an absolute place inside becomes relative, else the copy would lead back into
    /// live.
    private Path linkTarget(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        return target.isAbsolute() ? directoryOf(link).relativize(target.normalize()) : target;
    }

    private static void requireCopyable(Path root, Path file, BasicFileAttributes attributes) {
        if (attributes.isOther()) {
            throw new EnvironmentException(
                    file + " is a socket, a pipe or a device; data with such files can't be copied");
        }
        if (attributes.isSymbolicLink() && !staysInside(root, file)) {
            throw new EnvironmentException(file + " is a link that leads out of " + root
                    + "; data that lies elsewhere can't be copied with it");
        }
    }

    private static boolean staysInside(Path root, Path link) {
        try {
            Path target = directoryOf(link).resolve(Files.readSymbolicLink(link));
            boolean byName = target.normalize().startsWith(root);
            return byName && (!Files.exists(target) || target.toRealPath().startsWith(root.toRealPath()));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
