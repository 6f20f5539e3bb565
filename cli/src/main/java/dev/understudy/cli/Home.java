package dev.understudy.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the tool itself is, and where it keeps what it makes.
final class Home {
    private Home() {}

    /// The directory with `scenarios/`: what the launcher says, else the current one.
    static Path directory() {
        return Path.of(Optional.ofNullable(System.getProperty("understudy.home"))
                        .orElse("."))
                .toAbsolutePath()
                .normalize();
    }

    /// Shadows, throw-away live data, unpacked programs: `UNDERSTUDY_STATE`, else the user's state
    /// directory (XDG Base
    /// Directory Specification).
    static Path state() {
        return environment("UNDERSTUDY_STATE")
                .map(Path::of)
                .or(() -> environment("XDG_STATE_HOME").map(state -> Path.of(state, "understudy")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", "understudy"))
                .toAbsolutePath()
                .normalize();
    }

    /// The command line that runs another command of this tool in a process of its own, small and quick to
    /// start.
    static List<String> itself(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                java(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dunderstudy.home=" + directory()));
        Optional.ofNullable(System.getProperty("understudy.cache"))
                .map(Path::of)
                .filter(Files::exists)
                .ifPresent(cache -> command.addAll(List.of("-Xlog:disable", "-XX:AOTCache=" + cache)));
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /// The command line that runs another command of this tool as a user would: by the launcher, so that it
    /// gets the rights and the memory that the command needs.
    static List<String> launched(String... arguments) {
        Optional<String> launcher = Optional.ofNullable(System.getProperty("understudy.launcher"));
        if (launcher.isEmpty()) {
            return itself(arguments);
        }
        List<String> command = new java.util.ArrayList<>(List.of(launcher.get()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /// The program that runs this tool.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The class path with absolute names: a mirror of live runs in another directory.
    private static String classPath() {
        return classes().stream()
                .map(Path::toString)
                .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }

    /// The jars and directories of classes that this tool runs from.
    static List<Path> classes() {
        return java.util.Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
