package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/// Copies the files of a running server between the two backup calls: whatever is torn or missing
/// here is mended from the log when the clone starts. Leaves out what a base backup leaves out
/// (PostgreSQL's `basebackup.c`), live's own configuration, certificates and log files. Not
/// thread-safe: one a copy.
final class HotFiles extends SimpleFileVisitor<Path> {
    private static final int CHUNK = 8 << 20;
    private static final String CONTROL = "global/pg_control";

    /// Directories that exist in the copy, but empty.
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_stat_tmp",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_subtrans",
            "pg_tblspc");

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "backup_manifest",
            "current_logfiles",
            "postgresql.conf",
            "postgresql.auto.conf",
            "postgresql.auto.conf.tmp",
            "pg_hba.conf",
            "pg_ident.conf",
            "conf.d",
            CONTROL);

    private final Path from;
    private final Path to;
    private final String logDirectory;
    private final Throttle throttle;
    private long files;

    /// @param logDirectory live's `log_directory`, which may be below the data directory
    HotFiles(Path from, Path to, String logDirectory, Throttle throttle) {
        this.from = from;
        this.to = to;
        this.logDirectory = logDirectory;
        this.throttle = throttle;
    }

    /// Copies everything; the control file last, as a base backup does.
    void copy() throws IOException {
        FileTree.walk(from, this);
        copyControl();
    }

    long files() {
        return files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        String name = name(directory);
        if (LEFT_OUT.contains(name) || isLogs(directory) || isTemporary(directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        makeDirectory(to.resolve(name));
        return EMPTY.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = name(file);
        if (attributes.isSymbolicLink()) {
            visitLink(file, name);
        } else if (attributes.isRegularFile() && !isLeftOut(file, name)) {
            copyFile(file, to.resolve(name));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return FileTree.orVanished(failure);
    }

    private void visitLink(Path link, String name) throws IOException {
        if (EMPTY.contains(name)) {
            makeDirectory(to.resolve(name));
        } else if (!LEFT_OUT.contains(name) && !isLogs(link) && !isSecret(name)) {
            throw new EnvironmentException("the data directory holds the symbolic link '" + name + "' to "
                    + Files.readSymbolicLink(link) + "; data outside the directory is not supported");
        }
    }

    private boolean isLeftOut(Path file, String name) {
        return LEFT_OUT.contains(name)
                || isTemporary(file)
                || isSecret(name)
                || name.endsWith("pg_internal.init")
                || name.contains("pg_internal.init.");
    }

    private boolean isSecret(String name) {
        return !name.contains("/") && (name.endsWith(".key") || name.endsWith(".crt") || name.endsWith(".pem"));
    }

    private boolean isTemporary(Path file) {
        return String.valueOf(file.getFileName()).startsWith("pgsql_tmp");
    }

    private boolean isLogs(Path directory) {
        return !logDirectory.isEmpty() && !directory.equals(from) && directory.equals(from.resolve(logDirectory));
    }

    private String name(Path file) {
        return from.relativize(file).toString();
    }

    private void copyFile(Path file, Path target) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = in.size();
            long at = 0;
            while (at < end) {
                long moved = in.transferTo(at, Math.min(CHUNK, end - at), out);
                if (moved <= 0) {
                    break; // cut off by live meanwhile; the log has the truncation
                }
                at += moved;
                throttle.passed(moved);
            }
            files++;
        } catch (NoSuchFileException vanished) {
            // dropped by live meanwhile; the log has the removal
        }
    }

    /// Read until two readings agree: the server may be writing it.
    private void copyControl() throws IOException {
        byte[] before = Files.readAllBytes(from.resolve(CONTROL));
        byte[] content = Files.readAllBytes(from.resolve(CONTROL));
        for (int attempt = 0; !Arrays.equals(before, content) && attempt < 100; attempt++) {
            before = content;
            content = Files.readAllBytes(from.resolve(CONTROL));
        }
        Files.write(to.resolve(CONTROL), content, StandardOpenOption.CREATE_NEW);
        throttle.passed(content.length);
        files++;
    }

    private static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
