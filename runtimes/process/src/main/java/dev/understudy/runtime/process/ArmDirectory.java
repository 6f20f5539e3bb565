package dev.understudy.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one directory an arm may write to: data, output of its processes, a home.
///
/// @param root the directory
/// @param golden the frozen copies that data is restored from, a directory a service, outside the arm
record ArmDirectory(Path root, Path golden) {

    ArmDirectory {
        try {
            Files.createDirectories(root.resolve("data"));
            Files.createDirectories(root.resolve("log"));
            Files.createDirectories(root.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't make " + root, e);
        }
    }

    /// The data of a service.
    Path data(String service) {
        return root.resolve("data").resolve(service);
    }

    /// The frozen copy of a service's data.
    Path golden(String service) {
        return golden.resolve(service);
    }

    /// What an instance prints.
    Path log(String service, int index) {
        return root.resolve("log").resolve(service + "-" + index + ".log");
    }

    /// What HOME names.
    Path home() {
        return root.resolve("home");
    }
}
