package dev.understudy.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The processes that carry a mark in their environment, as `/proc/PID/environ` shows it (proc(5)), and their
/// descendants: who starts one hands the mark on, even after the parent has gone. Stateless.
///
/// @param mark the beginning of what the variable holds; a directory stands for all marks below it
record Branded(String mark) {
    private static final String NAME = "UNDERSTUDY_ARM";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// `NAME=value`, for the environment of whatever is started.
    String variable() {
        return NAME + "=" + mark;
    }

    /// Those that run now.
    List<ProcessHandle> running() {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> isMarked(process.pid()))
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                    .filter(process -> ProcessId.of(process.pid())
                            .filter(ProcessId::isAlive)
                            .isPresent())
                    .forEach(process -> found.put(process.pid(), process));
        }
        return List.copyOf(found.values());
    }

    /// Kills them, and those that they start meanwhile.
    void end() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (List<ProcessHandle> left = running(); !left.isEmpty() && System.nanoTime() < deadline; left = running()) {
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private boolean isMarked(long pid) {
        try {
            String environment = "\0"
                    + Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            String sought = "\0" + new String(variable().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            int at = environment.indexOf(sought);
            return at >= 0 && endsThere(environment, at + sought.length());
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static boolean endsThere(String text, int at) {
        return at == text.length() || text.charAt(at) == '\0' || text.charAt(at) == '/';
    }
}
