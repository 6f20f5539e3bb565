package dev.understudy.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/// A process that can't be mistaken for a later one with the same number: its pid and when it started, in
/// clock ticks
/// since boot (field 22 of `/proc/PID/stat`; see proc(5)).
public record ProcessId(long pid, long startTicks) {

    /// The process that has this pid now.
    public static Optional<ProcessId> of(long pid) {
        return stat(pid).map(fields -> new ProcessId(pid, Long.parseLong(fields[19])));
    }

    /// Whether it leads a session of its own, as every service does; false once it is gone.
    boolean leadsItsSession() {
        return isAlive() && sessionOf(pid).equals(OptionalLong.of(pid));
    }

    private static OptionalLong sessionOf(long pid) {
        return stat(pid)
                .map(fields -> OptionalLong.of(Long.parseLong(fields[3])))
                .orElse(OptionalLong.empty());
    }

    /// All that live in the session that it leads, or has led. The kernel gives its number to nobody else while one
    /// of them lives; if another process has it now, none does.
    List<ProcessId> session() {
        List<ProcessId> members = ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(other -> sessionOf(other).equals(OptionalLong.of(pid)))
                .flatMap(other -> of(other).stream())
                .filter(ProcessId::isAlive)
                .toList();
        boolean isTaken = of(pid).filter(now -> !now.equals(this)).isPresent();
        return isTaken ? List.of() : members;
    }

    /// Reads the form that [#toString] writes.
    public static Optional<ProcessId> parse(String text) {
        String[] parts = text.strip().split("@");
        try {
            return parts.length == 2
                    ? Optional.of(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /// Whether that very process still runs; a zombie doesn't.
    public boolean isAlive() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == startTicks)
                .filter(fields -> !fields[0].equals("Z") && !fields[0].equals("X"))
                .isPresent();
    }

    /// Waits until it is gone, for at most `limit`; returns whether it is.
    public boolean hasEndedWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return true;
    }

    /// Whether it stands still because of a SIGSTOP (state T in proc(5)).
    boolean isStopped() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == startTicks)
                .filter(fields -> fields[0].equals("T"))
                .isPresent();
    }

    /// Waits until it stands still or is gone, for at most `limit`: the kernel stops it when it next looks.
    void awaitStop(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive() && !isStopped() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Sends a signal by name (`TERM`, `KILL`, `STOP`, `CONT`) if that very process still runs; returns whether it was
    /// sent.
    public boolean signal(String name) {
        if (!isAlive()) {
            return false;
        }
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return switch (name) {
            case "KILL" -> handle.map(ProcessHandle::destroyForcibly).orElse(false);
            case "TERM" -> handle.map(ProcessHandle::destroy).orElse(false);
            case "STOP" -> Kernel.signal(pid, Kernel.SIGSTOP);
            case "CONT" -> Kernel.signal(pid, Kernel.SIGCONT);
            default -> throw new IllegalArgumentException("no signal '" + name + "' here");
        };
    }

    /// The fields of `/proc/PID/stat` from the state (field 3) on.
    private static Optional<String[]> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
