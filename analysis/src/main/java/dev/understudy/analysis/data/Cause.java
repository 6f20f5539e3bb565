package dev.understudy.analysis.data;

/// Why a row differs between the arms.
enum Cause {
    /// Acknowledged and gone, or no longer what was acknowledged.
    LOST,
    /// The candidate never took what the control took.
    UNSERVED,
    /// The author declared it.
    EXPECTED,
    /// Sessions wrote it at the same time, so the order decides.
    CONTENDED,
    /// Nobody knows.
    UNATTRIBUTED
}
