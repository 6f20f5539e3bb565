package dev.understudy.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the processes of one service used in one arm, in the first trial: all instances together, each with its
/// descendants. Pure data; times are nanoseconds on the run's timeline.
///
/// @param phases the four phases of a trial in their order, one that never began without samples
/// @param courses how each measure that was seen went from the trial's start to the recovery, thinned
public record Profile(String service, String arm, List<Phase> phases, List<Course> courses) {

    public Profile {
        phases = List.copyOf(phases);
        courses = List.copyOf(courses);
    }

    /// What is measured once a second.
    public enum Measure {
        /// Cores: 1 is one core busy for the whole second.
        CPU,
        /// Resident bytes; pages that processes share count for each.
        MEMORY,
        /// Bytes a second that had to come from a disk; what the page cache held counts nothing.
        DISK_READ,
        /// Bytes a second on their way to a disk.
        DISK_WRITTEN,
        /// Bytes a second that the service's links brought it, as callee and as caller.
        NETWORK_RECEIVED,
        /// Bytes a second that it sent over its links.
        NETWORK_SENT,
        /// Threads.
        THREADS;

        /// As files name it: `disk-read`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// One phase: `baseline`, `change` (from the change until the rollback begins), `rollback`, `recovery`.
    ///
    /// @param nanos how long it lasted; 0 if it never began
    /// @param uses by [Measure#word]; absent without a sample, as in a phase shorter than a second. Seconds in
    ///     which no process of the service ran are no samples
    /// @param exits processes that ended by themselves
    /// @param deployments how often the service was stopped and started on purpose
    public record Phase(String name, long nanos, Map<String, Use> uses, int exits, int deployments) {}

    /// Mean and highest second of a measure, from `samples` seconds.
    public record Use(double mean, double peak, int samples) {}

    /// The peaks of a measure in slices of `width` nanoseconds from `from` on; not a number in a slice
    /// without a sample.
    public record Course(String measure, long from, long width, List<Double> peaks) {
        public Course {
            peaks = List.copyOf(peaks);
        }
    }
}
