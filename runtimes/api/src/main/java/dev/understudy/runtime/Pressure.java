package dev.understudy.runtime;

import java.util.OptionalDouble;

/// For how large a share (0..1) of the last ten seconds work on a host could not go on for want of something;
/// empty where the host doesn't say. The three are what Linux calls pressure stall information
/// (`Documentation/accounting/psi.rst`).
///
/// @param cpu some of what could run had to wait for a processor
/// @param io nothing got on, because everything waited for input or output
/// @param memory nothing got on, because everything waited for memory
public record Pressure(OptionalDouble cpu, OptionalDouble io, OptionalDouble memory) {
    /// A host that says nothing.
    public static final Pressure UNKNOWN =
            new Pressure(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
