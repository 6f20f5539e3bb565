package dev.understudy.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The process that a shadow belongs to: a later one may remove what it left once it is gone, and only if it can know
/// that, which is on the same boot of the same machine. Immutable.
///
/// @param boot the machine's boot (`/proc/sys/kernel/random/boot_id`)
/// @param pid on that machine
/// @param started when, in clock ticks since the boot (proc(5), `stat`, field 22)
record Owner(String boot, long pid, long started) {
    static final String LABEL = "dev.understudy.owner";
    private static final int FIELD_AFTER_NAME = 19;

    /// This process.
    static Owner self() {
        long pid = ProcessHandle.current().pid();
        return new Owner(bootId(), pid, started(pid).orElse(0L));
    }

    /// Reads what [#toString] wrote.
    static Optional<Owner> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,18}") || !parts[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
    }

    /// Whether it surely doesn't run any more.
    ///
    /// @param here whether only processes of this machine use the engine, so that another boot is an earlier one
    boolean isGone(boolean here) {
        String now = bootId();
        if (now.isEmpty() || !boot.equals(now)) {
            return here && !now.isEmpty();
        }
        return started(pid).map(since -> since != started).orElse(true);
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException none) {
            return "";
        }
    }

    private static Optional<Long> started(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[FIELD_AFTER_NAME]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return boot + "/" + pid + "/" + started;
    }
}
