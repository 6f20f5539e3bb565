package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Where the runtime keeps what it makes, and how live's own mirror is started.
///
/// @param state a directory of the user's, kept between runs: shadows, throw-away live data, unpacked programs
/// @param here what relative file names are relative to
/// @param mirrorCommand the command line that runs the mirror of a topology file as a process of its own
public record Workplace(Path state, Path here, Function<String, List<String>> mirrorCommand) {

    Path shadows() {
        return state.resolve("shadows");
    }

    /// Where a new shadow is to be made. On ext4 each gets a part of the disk to itself (chattr(1), `T`): beside
    /// thousands of files that were deleted a moment ago a new file takes up to a hundred times as long to make.
    Path newShadow(String runId) {
        try {
            Files.createDirectories(shadows());
            Program.run(List.of("chattr", "+T", shadows().toString()), Duration.ofSeconds(5));
        } catch (EnvironmentException | IOException anotherFileSystem) {
            // it works without
        }
        return shadows().resolve(runId);
    }

    Path lives() {
        return state.resolve("live");
    }

    Path programs() {
        return state.resolve("programs");
    }

    Path resolve(String name) {
        return here.resolve(name).toAbsolutePath().normalize();
    }
}
