package dev.understudy.store;

import java.nio.file.Path;

/// Data of live that can be frozen. Reading is all that happens to live, except for what an engine
/// names: a backup call, or a pause within a limit that the user set. Implementations are safe to
/// use from any thread; one freeze at a time each.
public interface Store {

    /// Copies the data as it is at one instant into `target`, which must not exist or be empty. If
    /// anything goes wrong, nothing is left in `target` and nothing of live is held any longer.
    /// @throws dev.understudy.runtime.EnvironmentException if a consistent copy is impossible or
    ///     refused; the message says why
    Frozen freeze(Path target);
}
