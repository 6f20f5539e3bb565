package dev.understudy.runtime;

/// One instance as it is now.
///
/// @param digest SHA-256 over the program's files, its command and the hashes of its environment: equal digests
///     run the
///     same thing
/// @param mark what identifies this very incarnation (pid and start time, container id and creation time)
public record InstanceState(String service, int index, Release release, String digest, String mark, boolean healthy) {}
