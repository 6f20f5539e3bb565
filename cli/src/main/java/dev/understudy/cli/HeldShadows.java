package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.journal.RunId;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The shadows that are held open on this machine, a directory each: `shadow.json`, the holder's log and its
/// journal. Several processes may use it at once.
///
/// @param root the directory, made with the first shadow
record HeldShadows(Path root) {
    private static final String STATE = "shadow.json";
    private static final String LOG = "log";

    static HeldShadows ofThisUser() {
        return new HeldShadows(Home.state().resolve("held"));
    }

    /// Makes the directory of a new one; nobody sees it without its `shadow.json`.
    RunDirectory create(HeldShadow shadow) {
        Path hidden = root.resolve("." + shadow.id());
        try {
            Files.createDirectories(hidden);
            write(new RunDirectory(hidden), shadow);
            return new RunDirectory(Files.move(hidden, root.resolve(shadow.id()), StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            throw new EnvironmentException("can't make " + hidden + ": " + e.getMessage(), e);
        }
    }

    static Path log(RunDirectory directory) {
        return directory.file(LOG);
    }

    /// Writes down how it stands; whoever reads meanwhile sees the old text or the new one.
    static void write(RunDirectory directory, HeldShadow shadow) {
        Path fresh = directory.file(STATE + ".new");
        try {
            Files.writeString(
                    fresh, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(shadow));
            Files.move(
                    fresh, directory.file(STATE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EnvironmentException("can't write to " + directory.path() + ": " + e.getMessage(), e);
        }
    }

    /// How it stands; empty if its holder has not written it down yet, or it is gone.
    static Optional<HeldShadow> read(RunDirectory directory) {
        try {
            return Optional.of(
                    JsonMapper.shared().readValue(Files.readString(directory.file(STATE)), HeldShadow.class));
        } catch (IOException | JacksonException none) {
            return Optional.empty();
        }
    }

    /// All, oldest first.
    List<RunDirectory> all() {
        try (Stream<Path> children = Files.list(root)) {
            return children.map(RunDirectory::new)
                    .filter(directory -> RunId.isOne(directory.id()))
                    .sorted(java.util.Comparator.comparing(RunDirectory::id))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /// Whether the process that holds it still runs.
    static boolean isHeld(HeldShadow shadow) {
        return holder(shadow).filter(ProcessId::isAlive).isPresent();
    }

    static Optional<ProcessId> holder(HeldShadow shadow) {
        return ProcessId.parse(shadow.holder());
    }

    /// Forgets those whose holder is gone; what they left of arms is the runtime's to remove.
    void forgetDead() {
        for (RunDirectory directory : all()) {
            if (read(directory).filter(HeldShadows::isHeld).isEmpty()) {
                forget(directory);
            }
        }
    }

    /// Deletes the directory of one.
    static void forget(RunDirectory directory) {
        List<Path> doomed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.path())) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(doomed::add);
            for (Path file : doomed) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            if (Files.exists(directory.path())) {
                throw new EnvironmentException("can't delete " + directory.path() + ": " + e.getMessage(), e);
            }
        }
    }

    /// What `clean` and `doctor` say of those that are held.
    List<String> told() {
        return all().stream()
                .flatMap(directory -> read(directory).stream())
                .filter(HeldShadows::isHeld)
                .map(shadow -> "shadow " + shadow.id() + " is held open since " + shadow.since() + " (process "
                        + holder(shadow).map(ProcessId::pid).orElse(0L) + "); 'understudy shadow down " + shadow.id()
                        + "' removes it")
                .toList();
    }
}
