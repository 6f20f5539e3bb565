package dev.understudy.runtime.replacing;

import java.util.List;

/// The instances of one service in one arm, as far as they can be replaced by others.
///
/// @param <I> what one instance is
public interface Fleet<I> {
    /// Those that are there now.
    List<I> present();

    /// From now on these are there.
    void setPresent(List<I> instances);

    /// Its number among those of its service.
    int index(I instance);

    /// Whether it still runs.
    boolean isAlive(I instance);

    /// What it runs.
    String digest(I instance);

    /// Where it listens, for people.
    String place(I instance);

    /// Starts one in place of another: `beside` it, while it still runs, or where it was.
    I start(I replaced, boolean beside);

    /// Ends these, all at once; returns when they are gone.
    void stop(List<I> instances);

    /// Has callers get to these.
    void lead(List<I> to);

    /// Waits until these have answered what they were asked, for at most the time they have for ending.
    void drain(List<I> instances);

    /// Waits until all are healthy; false if they are not in time.
    boolean awaitHealthy(List<I> instances);

    /// What is known of instances that are not healthy.
    String evidence(List<I> instances);
}
