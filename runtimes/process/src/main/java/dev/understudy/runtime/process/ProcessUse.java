package dev.understudy.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a process and its descendants have used so far, from `/proc/PID/stat` and `/proc/PID/io` (proc(5)).
record ProcessUse(Duration cpu, long residentBytes, long readBytes, long writtenBytes, int threads) {
    private static final long TICKS_PER_SECOND = 100;
    private static final long PAGE = 4096;

    /// Empty if the first process is gone.
    static Optional<ProcessUse> of(long pid, List<Long> descendants) {
        return one(pid).map(first -> {
            ProcessUse sum = first;
            for (long descendant : descendants) {
                sum = one(descendant).map(sum::plus).orElse(sum);
            }
            return sum;
        });
    }

    private ProcessUse plus(ProcessUse other) {
        return new ProcessUse(
                cpu.plus(other.cpu),
                residentBytes + other.residentBytes,
                readBytes + other.readBytes,
                writtenBytes + other.writtenBytes,
                threads + other.threads);
    }

    private static Optional<ProcessUse> one(long pid) {
        Path directory = Path.of("/proc", Long.toString(pid));
        try {
            String line = Files.readString(directory.resolve("stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return Optional.of(new ProcessUse(
                    Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND),
                    Long.parseLong(fields[21]) * PAGE,
                    io(directory, "read_bytes"),
                    io(directory, "write_bytes"),
                    Integer.parseInt(fields[17])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static long io(Path directory, String field) {
        try {
            return Files.readAllLines(directory.resolve("io")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(field.length() + 1).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException notReadable) {
            return 0;
        }
    }
}
