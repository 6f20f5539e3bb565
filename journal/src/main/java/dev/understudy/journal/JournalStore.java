package dev.understudy.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The directory `rehearsals/`: all runs by id, and `latest`, a relative link to the newest. Several processes
/// may use it at once.
///
/// @param root the directory, made when the first run is
public record JournalStore(Path root) {
    private static final String LATEST = "latest";
    private static final int ATTEMPTS = 32;

    /// Makes the directory of a new run and points `latest` at it.
    /// @throws JournalException if that can't be done
    public RunDirectory create(ZonedDateTime at, String scenario, RandomGenerator chance) {
        try {
            Files.createDirectories(root);
            RunDirectory made = make(at, scenario, chance);
            pointLatestAt(made);
            return made;
        } catch (IOException e) {
            throw new JournalException("can't make a directory for the run in " + root + ": " + e, e);
        }
    }

    /// Every run, newest first.
    public List<RunDirectory> runs() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .map(RunDirectory::new)
                    .filter(run -> RunId.isOne(run.id()))
                    .sorted(Comparator.comparing(RunDirectory::id).reversed())
                    .toList();
        } catch (IOException e) {
            throw new JournalException("can't list " + root + ": " + e, e);
        }
    }

    /// The run that `latest` points at.
    public Optional<RunDirectory> latest() {
        return find(LATEST);
    }

    /// A run by its id, by a beginning or an end of it that only one run has, or `latest`.
    public Optional<RunDirectory> find(String name) {
        if (name.equals(LATEST)) {
            return target(root.resolve(LATEST));
        }
        List<RunDirectory> fitting = runs().stream()
                .filter(run -> run.id().startsWith(name) || run.id().endsWith(name))
                .toList();
        return fitting.stream()
                .filter(run -> run.id().equals(name))
                .findFirst()
                .or(() -> fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty());
    }

    private RunDirectory make(ZonedDateTime at, String scenario, RandomGenerator chance) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path wanted = root.resolve(RunId.of(at, scenario, chance));
            try {
                return new RunDirectory(Files.createDirectory(wanted));
            } catch (FileAlreadyExistsException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /// A new link under another name takes the place of the old one, so that there is one at every moment.
    private void pointLatestAt(RunDirectory run) throws IOException {
        Path link = root.resolve(LATEST);
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException(link + " is in the way: it is not a link");
        }
        Path fresh = root.resolve("." + LATEST + "-" + run.id());
        Files.createSymbolicLink(fresh, Path.of(run.id()));
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<RunDirectory> target(Path link) {
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        try {
            Path target = root.resolve(Files.readSymbolicLink(link).getFileName());
            return Files.isDirectory(target) ? Optional.of(new RunDirectory(target)) : Optional.empty();
        } catch (IOException e) {
            throw new JournalException("can't read " + link + ": " + e, e);
        }
    }
}
