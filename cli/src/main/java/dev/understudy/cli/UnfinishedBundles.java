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
/// @param root a directory with a file for each: who writes, and a line for each directory that is to take its place,
///     in this order, the bundle's last
record UnfinishedBundles(Path root) {
    private static final String SUFFIX = ".txt";

    static UnfinishedBundles ofThisUser() {
        return new UnfinishedBundles(Home.state().resolve("captures"));
    }

    /// Notes that `owner` begins to write these, the bundle last; the note is on the disk when this returns.
    Path begin(ProcessId owner, List<Taking> takings) {
        Path note = root.resolve(owner.pid() + SUFFIX);
        try {
            Files.createDirectories(root);
            Path fresh = root.resolve(owner.pid() + ".new"); // whoever reads meanwhile sees all of the note, or none
            Files.writeString(
                    fresh,
                    owner + "\n"
                            + String.join(
                                    "\n", takings.stream().map(Taking::toString).toList()) + "\n",
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
            List<Taking> takings = lines.stream()
                    .skip(1)
                    .flatMap(line -> Taking.parse(line).stream())
                    .toList();
            if (!takings.isEmpty() && Files.exists(takings.getLast().partial())) {
                undo(takings);
            }
            takings.forEach(Taking::settle);
            end(note);
        } catch (IOException e) {
            throw new EnvironmentException("can't remove what " + note + " names: " + e.getMessage(), e);
        }
    }

    /// Undoes what began, the last first: the bundle's own place is taken last, and until then nothing counts.
    static void undo(List<Taking> takings) throws IOException {
        for (Taking taking : takings.reversed()) {
            taking.undo();
        }
    }
}
