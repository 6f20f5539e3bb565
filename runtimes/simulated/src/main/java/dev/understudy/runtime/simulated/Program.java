package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Timeline;
import java.util.List;
import java.util.Map;

/// A program that can be executed in a simulated arm, known by the first word of its command.
@FunctionalInterface
public interface Program {
    /// Runs on a thread of the timeline, through which alone it waits; `environment` has its references
    /// resolved.
    Ended run(List<String> command, Map<String, String> environment, Timeline timeline);

    /// Its exit code and what it printed.
    record Ended(int exitCode, String output) {}
}
