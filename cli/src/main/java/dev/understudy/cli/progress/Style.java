package dev.understudy.cli.progress;

/// How progress is shown.
public enum Style {
    /// A tree on a terminal that can move its cursor, else plain lines.
    AUTO,
    /// A tree that is drawn over and over; plain lines where there is no terminal.
    TTY,
    /// A line for each change of state, and one now and then when nothing changes.
    PLAIN,
    /// Nothing.
    QUIET,
    /// An object a line.
    JSON
}
