package dev.understudy.runtime.process;

import java.nio.file.Path;
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
