package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.engine.EngineAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Where the engine is, and what link containers are made of.
///
/// @param engine says where live's engine is; asked once for each use
/// @param here what relative file names are relative to
/// @param state a directory of the user's, kept between runs
/// @param classPath what link containers need of the tool
public record DockerPlace(Supplier<EngineAddress> engine, Path here, Path state, List<Path> classPath) {
    public DockerPlace {
        classPath = List.copyOf(classPath);
    }

    Path resolve(String file) {
        return here.resolve(file);
    }
}
