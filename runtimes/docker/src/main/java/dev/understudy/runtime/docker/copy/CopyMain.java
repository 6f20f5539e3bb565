package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Frozen;
import dev.understudy.store.TreeSync;
import dev.understudy.store.postgres.Login;
import dev.understudy.store.postgres.PostgresStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program of a container that copies data of live's: what it says line by line is read from its log.
///
/// ```
/// files FROM TO …           copies each tree; a second pass finds that nobody has written
/// paused FROM TO …          the same, says READY, and makes the second pass once /tmp/still is there
/// postgres PORT NAME USER DATA FROM TO …   DATA by PostgreSQL's own backup calls; the password is in PGPASSWORD
/// ```
/// `DATA` is the server's data directory, below one of the `FROM`, which is copied to the same place below its `TO`.
public final class CopyMain {
    /// The line after the first pass.
    public static final String READY = "ready";

    /// What has to be there before the second pass: put there while nobody writes.
    public static final Path STILL = Path.of("/tmp/still");

    private static final long GLANCE_MILLIS = 5;
    private static final long CLOCK_TICK_MILLIS = 200;

    private static final List<String> SETTINGS =
            List.of("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf");

    private CopyMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            List<String> words = List.of(arguments);
            switch (words.getFirst()) {
                case "files" -> files(pairs(words.subList(1, words.size())), false);
                case "paused" -> files(pairs(words.subList(1, words.size())), true);
                case "postgres" -> postgres(words.subList(1, words.size()));
                default -> throw new EnvironmentException("no such way to copy: " + words.getFirst());
            }
        } catch (EnvironmentException e) {
            System.out.println("failed " + String.valueOf(e.getMessage()).replace('\n', ' '));
            System.exit(1);
        }
    }

    private record Pair(Path from, Path to) {}

    private static List<Pair> pairs(List<String> words) {
        List<Pair> pairs = new ArrayList<>();
        for (int at = 0; at + 1 < words.size(); at += 2) {
            pairs.add(new Pair(Path.of(words.get(at)), Path.of(words.get(at + 1))));
        }
        return pairs;
    }

    private static void files(List<Pair> pairs, boolean paused) throws IOException, InterruptedException {
        long began = System.currentTimeMillis();
        List<TreeSync> copies =
                pairs.stream().map(pair -> new TreeSync(pair.from(), pair.to())).toList();
        copies.forEach(TreeSync::pass);
        if (paused) {
            System.out.println(READY);
            while (!Files.exists(STILL)) {
                Thread.sleep(GLANCE_MILLIS);
            }
            began = System.currentTimeMillis();
        } else {
            Thread.sleep(CLOCK_TICK_MILLIS); // so that what was written during the pass has a time of its own
        }
        boolean written = false;
        for (TreeSync copy : copies) {
            written |= !copy.pass().isEmpty();
        }
        if (written && !paused) {
            // what was fresh is copied twice; a third pass tells whether anybody goes on writing
            Thread.sleep(CLOCK_TICK_MILLIS);
            for (TreeSync copy : copies) {
                if (!copy.pass().isEmpty()) {
                    throw new EnvironmentException("the data changed while it was copied, and live may not be paused; "
                            + "a copy of data in motion is refused. Maybe allow a pause with shadow.maxPause (at most "
                            + "500ms).");
                }
            }
        }
        tell(pairs, began, System.currentTimeMillis() + 1);
    }

    private static void postgres(List<String> words) throws IOException {
        Path data = Path.of(words.get(3));
        List<Pair> pairs = pairs(words.subList(4, words.size()));
        Pair holder = pairs.stream()
                .filter(pair -> data.startsWith(pair.from()))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException(
                        "the server's data directory " + data + " is in none of its container's volumes"));
        Path target = holder.to().resolve(holder.from().relativize(data).toString());
        Login login = new Login(
                "127.0.0.1",
                Integer.parseInt(words.get(0)),
                words.get(1),
                words.get(2),
                Optional.ofNullable(System.getenv("PGPASSWORD")).filter(password -> !password.isEmpty()));
        Files.createDirectories(target);
        Frozen frozen = new PostgresStore(login, 0, new RealTimeline(), InstantSource.system()).freeze(target);
        for (String settings : SETTINGS) {
            if (Files.exists(data.resolve(settings))) {
                Files.copy(data.resolve(settings), target.resolve(settings), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        own(target, data);
        for (Path above = data, copy = target;
                !above.equals(holder.from()) && above.getParent() != null && copy.getParent() != null;
                above = above.getParent(), copy = copy.getParent()) {
            like(above.getParent(), copy.getParent());
        }
        for (Pair pair : pairs) {
            if (!pair.equals(holder)) {
                new TreeSync(pair.from(), pair.to()).pass();
            }
        }
        frozen.notes().forEach(note -> System.out.println("note " + note));
        tell(pairs, frozen.surelyInEpochMillis(), frozen.surelyOutEpochMillis());
    }

    /// Gives all that was copied to whom live's belongs.
    private static void own(Path copy, Path live) throws IOException {
        like(live, copy);
        Object user = Files.getAttribute(live, "unix:uid");
        Object group = Files.getAttribute(live, "unix:gid");
        FileTree.walk(copy, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void like(Path live, Path copy) throws IOException {
        for (String what : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
            Files.setAttribute(copy, what, Files.getAttribute(live, what));
        }
    }

    private static void tell(List<Pair> pairs, long surelyIn, long surelyOut) throws IOException {
        int number = 0;
        for (Pair pair : pairs) {
            System.out.println("copied " + number + " "
                    + FileTree.size(pair.to()).bytes() + " "
                    + Files.getAttribute(pair.to(), "unix:uid") + " " + Files.getAttribute(pair.to(), "unix:gid")
                    + " " + ((int) Files.getAttribute(pair.to(), "unix:mode") & 07777));
            number++;
        }
        System.out.println("done " + surelyIn + " " + surelyOut);
    }
}
