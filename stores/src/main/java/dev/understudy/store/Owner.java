package dev.understudy.store;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process that writes a service's data, told from any later one with the same number by when it
/// started.
///
/// @param pid as seen from here
/// @param startTicks field 22 of `/proc/PID/stat`: clock ticks since the machine started
public record Owner(long pid, long startTicks) {

    /// The process that has this number now.
    /// @throws EnvironmentException if there is none
    public static Owner of(long pid) {
        try {
            return new Owner(pid, Long.parseLong(fields(Path.of("/proc/" + pid + "/stat"))[19]));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new EnvironmentException("process " + pid + " does not run: " + e, e);
        }
    }

    /// The same, or nothing.
    static Optional<Owner> find(long pid) {
        try {
            return Optional.of(of(pid));
        } catch (EnvironmentException gone) {
            return Optional.empty();
        }
    }

    /// Reads the form that [#toString] writes.
    static Optional<Owner> parse(String text) {
        String[] parts = text.strip().split("@");
        try {
            return parts.length == 2
                    ? Optional.of(new Owner(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /// Whether that very process still runs; one that has ended and is only listed doesn't.
    boolean runs() {
        try {
            String state = fields(Path.of("/proc/" + pid + "/stat"))[0];
            return isThere() && !state.equals("Z") && !state.equals("X");
        } catch (IOException gone) {
            return false;
        }
    }

    /// Whether it still is the same process.
    boolean isThere() {
        try {
            return of(pid).startTicks() == startTicks;
        } catch (EnvironmentException gone) {
            return false;
        }
    }

    /// Whether every one of its threads is stopped, so that nothing of it can write.
    boolean isStopped() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                if (!fields(thread.resolve("stat"))[0].equals("T")) {
                    return false;
                }
            }
            return isThere();
        } catch (IOException gone) {
            return false;
        }
    }

    /// The fields after the program's name, which may itself hold blanks and parentheses (proc(5)).
    private static String[] fields(Path stat) throws IOException {
        String line = Files.readString(stat, java.nio.charset.StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
