package dev.understudy.cli;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.process.ProcessId;
import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where captures that have not ended write, noted before they do: a bundle may lie anywhere, and what a killed
/// capture left beside its place is made good by the next one and by `clean`. Several processes may use it at once.
///
/// @param root a directory with a file for each: who writes, and the bundle's place
record UnfinishedBundles(Path root) {
    private static final String SUFFIX = ".txt";

    static UnfinishedBundles ofThisUser() {
        return new UnfinishedBundles(Home.state().resolve("captures"));
    }

    /// Where a bundle is written until it is whole.
    static Path partial(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".partial-understudy");
    }

    /// Where the bundle that is replaced waits meanwhile.
    static Path old(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".old-understudy");
    }

    /// Notes that `owner` begins to write the bundle at `place`; the note is on the disk when this returns.
    Path begin(ProcessId owner, Path place) {
        Path note = root.resolve(owner.pid() + SUFFIX);
        try {
            Files.createDirectories(root);
            Path fresh = root.resolve(owner.pid() + ".new"); // whoever reads meanwhile sees all of the note, or none
            Files.writeString(
                    fresh,
                    owner + "\n" + place + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            return Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EnvironmentException("can't write " + note + ": " + e.getMessage(), e);
        }
    }

    /// Forgets it: the bundle is whole, or nothing of it is left.
    static void end(Path note) {
        FileTree.deleteQuietly(note);
    }

    /// Removes what captures left whose process is gone, and puts a bundle back that was just being replaced.
    void makeGood() {
        try (Stream<Path> notes = Files.list(root)) {
            notes.filter(note -> note.toString().endsWith(SUFFIX)).forEach(UnfinishedBundles::makeGood);
        } catch (IOException none) {
            // nobody has captured yet
        }
    }

    private static void makeGood(Path note) {
        try {
            List<String> lines = Files.readAllLines(note);
            Optional<ProcessId> owner = lines.isEmpty() ? Optional.empty() : ProcessId.parse(lines.getFirst());
            if (owner.isPresent() && owner.get().isAlive()) {
                return;
            }
            if (lines.size() > 1) {
                Path place = Path.of(lines.get(1));
                if (Files.exists(old(place)) && !Files.exists(place)) {
                    Files.move(old(place), place, StandardCopyOption.ATOMIC_MOVE);
                }
                FileTree.delete(old(place));
                FileTree.delete(partial(place));
            }
            end(note);
        } catch (IOException e) {
            throw new EnvironmentException("can't remove what " + note + " names: " + e.getMessage(), e);
        }
    }
}
