package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A service's data directory, copied while the processes that write it are paused (SIGSTOP), for
/// at most a limit that the user set. What the service holds in its own memory is not in the copy:
/// it shows what a crash of the service would leave. Without owners nobody writes, and the copy is
/// refused if somebody did after all. A copy of unknown data while it is written is always refused.
/// Safe from any thread; one freeze at a time.
public final class DirectoryStore implements Store {
    /// The longest pause that can be allowed.
    public static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final Path directory;
    private final List<Owner> owners;
    private final Duration maxPause;
    private final InstantSource clock;

    /// @param directory the data
    /// @param owners every process that writes there; empty if none runs
    /// @param maxPause how long they may be paused; zero if they may not
    /// @throws IllegalArgumentException if `maxPause` is negative or above 500 ms
    public DirectoryStore(Path directory, List<Owner> owners, Duration maxPause, InstantSource clock) {
        if (maxPause.isNegative() || maxPause.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException(
                    "maxPause is " + maxPause.toMillis() + " ms; it must be 0 to " + LONGEST_PAUSE.toMillis() + " ms");
        }
        this.directory = directory.toAbsolutePath().normalize();
        this.owners = List.copyOf(owners);
        this.maxPause = maxPause;
        this.clock = clock;
    }

    @Override
    public Frozen freeze(Path target) {
        FileTree.requireEmpty(target);
        FileTree.requireRoom(target, FileTree.size(directory).bytes());
        boolean complete = false;
        try {
            Frozen frozen = owners.isEmpty() ? copyAtRest(target) : copyPaused(target);
            complete = true;
            return frozen;
        } finally {
            if (!complete) {
                FileTree.deleteQuietly(target);
            }
        }
    }

    private Frozen copyAtRest(Path target) {
        long surelyIn = clock.millis();
        Map<Path, FaithfulCopy.Trace> before = FaithfulCopy.traces(directory);
        FaithfulCopy copy = new FaithfulCopy(directory, target, () -> false);
        copy.run();
        if (!before.equals(FaithfulCopy.traces(directory))) {
            throw new EnvironmentException("the data in " + directory + " changed while it was copied, and nobody is "
                    + "known who writes it; a copy of data in motion is refused");
        }
        return new Frozen(target, copy.bytes(), copy.files(), surelyIn, clock.millis() + 1, Duration.ZERO, List.of());
    }

    private Frozen copyPaused(Path target) {
        if (maxPause.isZero()) {
            throw new EnvironmentException("the data in " + directory + " is being written by process "
                    + owners.getFirst().pid() + "; a copy of data in motion is refused. Maybe allow a pause with "
                    + "shadow.maxPause (at most 500ms), or start with {data: empty}.");
        }
        FaithfulCopy.traces(directory); // refuses what can't be copied before anything is paused
        try (Pause pause = Pause.begin(owners, maxPause)) {
            long surelyIn = clock.millis();
            FaithfulCopy copy = new FaithfulCopy(directory, target, pause::isOver);
            boolean inTime = copy.run() && pause.stillHolds();
            long surelyOut = clock.millis() + 1;
            Duration paused = pause.end();
            if (!inTime || paused.compareTo(maxPause) > 0) {
                throw tooLong(paused);
            }
            return new Frozen(target, copy.bytes(), copy.files(), surelyIn, surelyOut, paused, List.of());
        }
    }

    private EnvironmentException tooLong(Duration paused) {
        FileTree.Size size = FileTree.size(directory);
        return new EnvironmentException("copying " + directory + " (" + size.bytes() + " bytes in " + size.files()
                + " files) took longer than the pause allowed: after " + paused.toMillis() + " ms of at most "
                + maxPause.toMillis() + " ms the service went on and the copy was thrown away");
    }
}
