package dev.understudy.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// What another process prints into a file, passed on as it comes. Not thread-safe.
final class LogTail {
    private final Path file;
    private final PrintStream out;
    private long passed;

    LogTail(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /// Passes on what is new.
    void pass() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[(int) Math.min(log.length() - passed, 1 << 20)];
            log.seek(passed);
            log.readFully(fresh);
            passed += fresh.length;
            out.write(fresh, 0, fresh.length);
            out.flush();
        } catch (IOException nothingYet) {
            // it comes with the next call
        }
    }
}
