package dev.understudy.journal;

/// Where a run is recorded while it happens. Thread-safe; times are nanoseconds on the run's timeline.
public interface Recorder {
    /// Appends an event; [Event.Intended] is on disk when this returns, others soon after.
    void record(long at, Event event);

    /// Appends the outcome of a mirrored exchange in one arm.
    void record(ExchangeRecord exchange);

    /// Counts one exchange or turn-around on a link.
    void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure);

    /// Notes one second of one instance.
    void resource(Journal.ResourceSecond second);

    /// Notes one second of bytes of one link.
    void bytes(Journal.LinkBytes second);
}
