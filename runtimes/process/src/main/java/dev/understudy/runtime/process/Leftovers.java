package dev.understudy.runtime.process;

import dev.understudy.store.FileTree;
import dev.understudy.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What runs that died have left: directories, what they had in the system's temporary directory, and in watched arms
/// processes. What runs as live is left alone and listed.
final class Leftovers {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Workplace workplace;

    Leftovers(Workplace workplace) {
        this.workplace = workplace;
    }

    /// Removes it; returns what is left, one line each.
    List<String> remove() {
        List<String> left = new ArrayList<>(Scratch.removeAbandoned());
        left.addAll(Scratch.removeAbandoned(workplace.programs()));
        for (Path shadow : directories(workplace.shadows())) {
            Roster roster = Roster.of(shadow);
            if (!roster.isOwned()) {
                end(roster.running());
                new Branded(shadow.toString()).end();
                FileTree.deleteQuietly(shadow);
                if (Files.exists(shadow)) {
                    left.add("directory " + shadow);
                }
            }
        }
        for (Path live : directories(workplace.lives())) {
            Roster roster = Roster.of(live);
            if (roster.isOwned()) {
                continue;
            }
            if (roster.running().isEmpty()) {
                FileTree.deleteQuietly(live);
            } else {
                left.add("live in " + live + " was started by a run that died and still serves ("
                        + roster.running().size()
                        + " processes); the next run of its scenario takes it over, 'clean --live' ends it");
            }
        }
        return List.copyOf(left);
    }

    /// Ends the live systems that runs which died had started.
    List<String> endLives() {
        List<String> ended = new ArrayList<>();
        for (Path live : directories(workplace.lives())) {
            Roster roster = Roster.of(live);
            if (!roster.isOwned()) {
                end(roster.running());
                ended.add(live.toString());
            }
        }
        return List.copyOf(ended);
    }

    /// All are asked before one is waited for: a database waits for those that are connected to it.
    private static void end(List<ProcessId> processes) {
        processes.forEach(process -> process.signal("TERM"));
        for (ProcessId process : processes) {
            if (!process.hasEndedWithin(GRACE)) {
                process.signal("KILL");
            }
        }
    }

    private static List<Path> directories(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
