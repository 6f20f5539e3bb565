package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Pressure;
import java.time.Duration;

/// What live suffers while services of a shadow run, because they share its host.
///
/// @param slower how much longer live takes for every answer
/// @param pressure how hard work on live's host has to wait; without a shadow nothing waits
public record SharedHost(Duration slower, Pressure pressure) {
    /// Live doesn't notice, and its host says nothing of its pressure.
    public static final SharedHost UNNOTICED = new SharedHost(Duration.ZERO, Pressure.UNKNOWN);
}
