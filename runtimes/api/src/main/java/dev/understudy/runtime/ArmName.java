package dev.understudy.runtime;

import java.util.Locale;

/// The two copies of the topology in a shadow.
public enum ArmName {
    /// Never gets the change.
    CONTROL,
    /// Gets the change and is rolled back.
    CANDIDATE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
