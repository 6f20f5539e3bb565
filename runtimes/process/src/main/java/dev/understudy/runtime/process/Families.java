package dev.understudy.runtime.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Who descends from whom, read once for many questions: asking the system for each process anew reads all of `/proc`
/// each time.
final class Families {
    private final Map<Long, List<Long>> children;

    private Families(Map<Long, List<Long>> children) {
        this.children = children;
    }

    /// As it is now.
    static Families now() {
        Map<Long, List<Long>> children = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.parent()
                        .ifPresent(parent -> children.computeIfAbsent(parent.pid(), _ -> new ArrayList<>())
                                .add(process.pid())));
        return new Families(children);
    }

    /// All descendants of a process.
    List<Long> descendants(long pid) {
        List<Long> found = new ArrayList<>();
        for (long child : Objects.requireNonNullElse(children.get(pid), List.<Long>of())) {
            found.add(child);
            found.addAll(descendants(child));
        }
        return found;
    }
}
