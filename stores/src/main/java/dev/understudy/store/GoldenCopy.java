package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A frozen copy that is never written again, from which arms are filled as often as needed. Thin
/// where the file system can share blocks (`FICLONE`: XFS, btrfs), else a plain copy. Immutable;
/// restores to different targets may run side by side.
///
/// @param directory the frozen copy
public record GoldenCopy(Path directory) {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /// Makes `target` equal to the golden copy, whatever it held before. The new tree is made
    /// beside the old one and takes its place by a rename, so a crash leaves the old tree or the
    /// new one (and a `….new-` or `….old-` directory, which [#restore] removes the next time).
    /// Nobody may use `target` meanwhile. If the directory itself cannot be renamed (it is a mount
    /// point), its content is replaced in place.
    public void restore(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        Path name = target.getFileName();
        if (parent == null || name == null) {
            throw new EnvironmentException("cannot restore into " + target);
        }
        Path fresh = parent.resolve("." + name + ".new-understudy");
        Path old = parent.resolve("." + name + ".old-understudy");
        FileTree.delete(fresh);
        FileTree.delete(old);
        try {
            Files.createDirectories(parent);
            Program.require(
                    List.of("cp", "-a", "--reflink=auto", directory.toString() + "/.", fresh.toString()), LIMIT);
            replace(target, fresh, old);
        } catch (IOException e) {
            throw new EnvironmentException("cannot restore " + directory + " into " + target + ": " + e, e);
        } finally {
            FileTree.deleteQuietly(fresh);
            FileTree.deleteQuietly(old);
        }
    }

    private static void replace(Path target, Path fresh, Path old) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(fresh, target);
            return;
        }
        try {
            Files.move(target, old);
        } catch (FileSystemException mountPoint) {
            replaceContent(target, fresh);
            return;
        }
        Files.move(fresh, target);
    }

    private static void replaceContent(Path target, Path fresh) throws IOException {
        try (Stream<Path> stale = Files.list(target)) {
            stale.toList().forEach(FileTree::delete);
        }
        Program.require(List.of("cp", "-a", "--reflink=auto", fresh.toString() + "/.", target.toString()), LIMIT);
    }
}
