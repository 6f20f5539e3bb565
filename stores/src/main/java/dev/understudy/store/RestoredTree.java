package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A directory that is made equal to a golden copy again and again, where only what was touched since the last
/// time is written: putting a large database back costs what a trial changed in it, not what is in it.
///
/// What was touched is read off each file's change time and number (`st_ctime`, `st_ino`; inode(7)): the kernel
/// sets the change time whenever content, name, owner, mode or attributes change, and no process can set it back.
/// Files are overwritten, not replaced: on ext4 a new file costs up to half a millisecond for as long as its
/// neighbours were deleted within the last half minute (the kernel's `recently_deleted`), a thousand files so half a
/// second.
///
/// The first time, after an error, and where there are no change times, everything is copied
/// ([GoldenCopy#restore]). Nobody may use the directory meanwhile. Safe from one thread at a time.
public final class RestoredTree {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /// Names on one command line; their sum stays far below the 128 KiB that any Linux takes.
    private static final int AT_ONCE = 200;

    private final GoldenCopy golden;
    private final Path target;
    private Map<Path, FileStamp> restored = Map.of();

    public RestoredTree(GoldenCopy golden, Path target) {
        this.golden = golden;
        this.target = target;
    }

    /// Makes the directory equal to the golden copy, whatever it holds.
    /// @throws EnvironmentException if files can't be read or written
    public void restore() {
        Map<Path, FileStamp> before = restored;
        restored = Map.of();
        if (before.isEmpty() || !restoreTouched(before)) {
            golden.restore(target);
        }
        restored = FileStamp.below(target);
        FileStamp.awaitTick();
    }

    /// Whether that was possible; if not, the directory may hold anything.
    private boolean restoreTouched(Map<Path, FileStamp> before) {
        Map<Path, FileStamp> now = FileStamp.below(target);
        if (now.isEmpty() || before.entrySet().stream().anyMatch(entry -> isLostDirectory(entry, now))) {
            return false;
        }
        now.keySet().stream().filter(path -> !before.containsKey(path)).forEach(this::delete);
        List<Path> files = new ArrayList<>();
        List<Path> directories = new ArrayList<>();
        before.forEach((path, wanted) -> {
            FileStamp found = now.get(path);
            if (wanted.equals(found)) {
                return;
            }
            if (found != null && !found.canBeOverwritten()) {
                delete(path);
            }
            (wanted.isDirectory() ? directories : files).add(path);
        });
        copy(files);
        directories.stream()
                .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                .forEach(this::restoreAttributes);
        return true;
    }

    private static boolean isLostDirectory(Map.Entry<Path, FileStamp> wanted, Map<Path, FileStamp> now) {
        FileStamp found = now.get(wanted.getKey());
        boolean isDirectory = found != null && found.isDirectory();
        return wanted.getValue().isDirectory() ? !isDirectory : isDirectory;
    }

    private void delete(Path path) {
        FileTree.delete(target.resolve(path));
    }

    private void copy(List<Path> touched) {
        for (int from = 0; from < touched.size(); from += AT_ONCE) {
            List<String> command = new ArrayList<>(
                    List.of("env", "--chdir=" + golden.directory().toAbsolutePath(), "cp", "-a", "--reflink=auto"));
            command.addAll(List.of("--parents", "--"));
            touched.subList(from, Math.min(touched.size(), from + AT_ONCE)).forEach(path -> command.add("./" + path));
            command.add(target.toAbsolutePath().toString());
            Program.require(command, LIMIT);
        }
    }

    /// Owner, mode and time of a directory in which something happened: its own change time can't tell what.
    /// Done deepest first, since putting the time back is undone by whatever is done inside.
    private void restoreAttributes(Path directory) {
        Path from = golden.directory().resolve(directory);
        Path to = target.resolve(directory);
        try {
            for (String attribute : List.of("unix:uid", "unix:gid", "unix:mode")) {
                Object wanted = Files.getAttribute(from, attribute, LinkOption.NOFOLLOW_LINKS);
                if (!wanted.equals(Files.getAttribute(to, attribute, LinkOption.NOFOLLOW_LINKS))) {
                    Files.setAttribute(to, attribute, wanted, LinkOption.NOFOLLOW_LINKS);
                }
            }
            Files.setLastModifiedTime(to, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new EnvironmentException("cannot make " + to + " what " + from + " is: " + e, e);
        }
    }
}
