package dev.understudy.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Short-lived files and directories outside of any run's own directory. The name of each says whose it is: the pid
/// namespace, pid and start time of the process that made it. So whatever was left by one that was killed can be
/// told from what another is using, and removed. Only the user who runs the tool can read them. Stateless.
public final class Scratch {
    private static final String PREFIX = "understudy-";

    /// Short, because a Unix socket's path has to fit into 107 bytes.
    private static final int RADIX = Character.MAX_RADIX;

    private static final Pattern NAME =
            Pattern.compile(Pattern.quote(PREFIX) + "[a-z]+-([0-9a-z]+)-([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+");
    private static final AtomicLong MADE = new AtomicLong();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Path USUAL = Path.of(System.getProperty("java.io.tmpdir"));

    /// In a directory: a process that uses it and has to go before it, as [Owner#toString] writes it.
    private static final String USER = "user";

    private Scratch() {}

    /// A new empty directory of this process's, below the system's temporary directory.
    ///
    /// @param what letters that say what it is for
    public static Path directory(String what) throws IOException {
        return directory(USUAL, what);
    }

    /// The same somewhere else.
    public static Path directory(Path parent, String what) throws IOException {
        return Files.createDirectory(parent.resolve(name(what)), mode("rwx------"));
    }

    /// A new empty file of this process's.
    public static Path file(String what) throws IOException {
        return Files.createFile(USUAL.resolve(name(what)), mode("rw-------"));
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /// Writes down that `process` runs in `directory`, which must be one of ours: if this process dies, whoever
    /// removes the directory ends that one first.
    public static void use(Path directory, Process process) throws IOException {
        Optional<Owner> user = process.isAlive() ? Owner.find(process.pid()) : Optional.empty();
        if (user.isPresent()) {
            Files.writeString(directory.resolve(USER), user.get().toString());
        }
    }

    /// Removes what processes of this user made that no longer run; what another process namespace or another user
    /// made, or a process that still runs, is not touched. Returns what could not be removed, one line each.
    public static List<String> removeAbandoned() {
        return removeAbandoned(USUAL);
    }

    /// The same below `parent`.
    public static List<String> removeAbandoned(Path parent) {
        List<String> left = new ArrayList<>();
        try (Stream<Path> all = Files.list(parent)) {
            all.filter(Scratch::isAbandoned).forEach(path -> {
                endUser(path);
                FileTree.deleteQuietly(path);
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    left.add((Files.isDirectory(path) ? "directory " : "file ") + path);
                }
            });
        } catch (IOException unreadable) {
            return List.of();
        }
        return List.copyOf(left);
    }

    private static boolean isAbandoned(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches() || !name.group(1).equals(namespace().orElse("unknown"))) {
            return false;
        }
        Owner owner = new Owner(Long.parseLong(name.group(2), RADIX), Long.parseLong(name.group(3), RADIX));
        return !owner.runs() && isOurs(path);
    }

    private static boolean isOurs(Path path) {
        try {
            return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException gone) {
            return false;
        }
    }

    /// A database server that is asked to end gives its shared memory back; one that is killed doesn't.
    private static void endUser(Path path) {
        try {
            Owner.parse(Files.readString(path.resolve(USER)))
                    .filter(Owner::runs)
                    .ifPresent(user -> {
                        ProcessHandle.of(user.pid()).ifPresent(ProcessHandle::destroy);
                        if (!hasEnded(user)) {
                            ProcessHandle.of(user.pid()).ifPresent(ProcessHandle::destroyForcibly);
                            hasEnded(user);
                        }
                    });
        } catch (IOException nobody) {
            // then there is nothing to end
        }
    }

    private static boolean hasEnded(Owner user) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (user.runs() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        return !user.runs();
    }

    private static String name(String what) {
        long pid = ProcessHandle.current().pid();
        long since = Owner.find(pid).map(Owner::startTicks).orElse(0L);
        return PREFIX + what + "-" + namespace().orElse("0") + "-" + Long.toString(pid, RADIX) + "-"
                + Long.toString(since, RADIX) + "-" + Long.toString(MADE.incrementAndGet(), RADIX);
    }

    /// The number of the pid namespace that this process sees pids in (pid_namespaces(7)); empty where there are none.
    private static Optional<String> namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Optional.of(Long.toString(Long.parseLong(link.replaceAll("\\D", "")), RADIX));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return Optional.empty();
        }
    }
}
