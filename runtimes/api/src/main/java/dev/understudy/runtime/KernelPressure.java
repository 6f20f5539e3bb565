package dev.understudy.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the kernel's pressure files, `cpu`, `io` and `memory` of one directory, usually `/proc/pressure`:
///
/// ```
/// some avg10=72.20 avg60=54.95 avg300=39.46 total=3380624164
/// full avg10=0.31 avg60=0.28 avg300=0.29 total=29560088
/// ```
///
/// Averages are per cent of the last 10, 60, 300 seconds. A kernel built or booted without them has no files.
public final class KernelPressure {
    public static final Path PLACE = Path.of("/proc/pressure");

    private static final Pattern LINE = Pattern.compile("(some|full) avg10=([0-9]{1,3}\\.[0-9]{1,4}) .*");

    private KernelPressure() {}

    public static Pressure read(Path directory) {
        return new Pressure(
                share(directory.resolve("cpu"), "some"),
                share(directory.resolve("io"), "full"),
                share(directory.resolve("memory"), "full"));
    }

    private static OptionalDouble share(Path file, String line) {
        try {
            return Files.readAllLines(file).stream()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .filter(matcher -> matcher.group(1).equals(line))
                    .mapToDouble(matcher -> Double.parseDouble(matcher.group(2)) / 100)
                    .findFirst();
        } catch (IOException notOffered) {
            return OptionalDouble.empty();
        }
    }
}
