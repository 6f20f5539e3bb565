package dev.understudy.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// The walls of one arm: where its processes start and its sockets open. Thread-safe; `close` kills
/// everything inside.
sealed interface Enclosure extends AutoCloseable permits Namespaces, Watched {

    /// The command line that runs `command` inside, in `directory`, in a process session of its own.
    List<String> enter(Path directory, List<String> command);

    /// Runs on a thread whose new sockets belong to the arm, first thing.
    void adoptThread();

    /// Runs `task` on a thread of the arm and returns what it returned.
    <T> T inside(Supplier<T> task);

    /// The pid of a service as the host sees it, given the process that [#enter]'s command line became.
    ProcessHandle unwrap(Process started);

    /// Every process inside that still runs, the arm's own keeper excepted.
    List<ProcessHandle> inhabitants();

    /// What holds the arm together, for the journal: the keeper's pid and start time.
    String mark();

    /// Whether escapes are prevented, not merely watched.
    boolean isEnforced();

    @Override
    void close();
}
