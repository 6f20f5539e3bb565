package dev.understudy.runtime.docker.agent.probe;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Shadow.Probe;
import java.util.List;
import java.util.stream.Collectors;

/// The tool's side of the probes: what to give to [ProbeMain], and what it said. No state.
public final class Probing {
    private Probing() {}

    /// What a container is to read from its standard input.
    public static String input(List<Attempt> attempts) {
        return attempts.stream().map(attempt -> attempt.line() + "\n").collect(Collectors.joining());
    }

    /// The same as arguments, for a container without input.
    public static List<String> arguments(List<Attempt> attempts) {
        return attempts.stream().map(Attempt::line).toList();
    }

    /// What it said came of them. Lines that are nothing of the kind, as a warning of the Java runtime, are
    /// skipped.
    ///
    /// @param said its standard output
    /// @throws dev.understudy.runtime.EnvironmentException if it doesn't say so of each
    public static List<Probe> probes(ArmName arm, List<Attempt> attempts, String said) {
        return Finding.parse(arm, attempts, said);
    }
}
