package dev.understudy.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A consistent copy of a store and when it was taken. Two instants bound the moment that the copy
/// shows, both by the wall clock of this machine: what live acknowledged before
/// `surelyInEpochMillis` is in the copy, what began after `surelyOutEpochMillis` is not; in between
/// either is possible. Traffic is compared from the first of them.
///
/// @param directory where the copy is
/// @param bytes how much was copied
/// @param files how many files
/// @param surelyInEpochMillis milliseconds since 1970, rounded down
/// @param surelyOutEpochMillis milliseconds since 1970, rounded up
/// @param paused how long what of live was paused; zero for an online copy
/// @param notes facts that a report should show: log positions, what the copy can't hold; no data
///     values
public record Frozen(
        Path directory,
        long bytes,
        long files,
        long surelyInEpochMillis,
        long surelyOutEpochMillis,
        Duration paused,
        List<String> notes) {
    public Frozen {
        notes = List.copyOf(notes);
    }
}
