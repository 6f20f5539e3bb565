package dev.understudy.runtime;

import dev.understudy.scenario.Link;
import java.time.Duration;
import java.util.Map;

/// The proxy on one link of one arm, as whoever disturbs it sees it. Thread-safe.
public interface LinkHandle {
    Link link();

    /// Puts a disturbance on the link under `id`; replaces one of the same id. Delays of several ids add up.
    void disturb(String id, Disturbance disturbance);

    /// Takes the disturbance `id` off; traffic that it holds flows on, connections are not cut. No effect if
    /// there is none.
    void calm(String id);

    /// What is on the link now, read back from the data path.
    Map<String, Disturbance> disturbances();

    /// How a link can be disturbed.
    sealed interface Disturbance {
        /// Every request, or every turn-around, is passed on `by` after its first byte came in.
        record Delay(Duration by) implements Disturbance {}

        /// New connections are refused; open ones are ended unless `keepExisting`.
        record Refuse(boolean keepExisting) implements Disturbance {}
    }
}
