package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The configured way back: a DAG of steps, what it may cost, and in which order it is run as configured.
///
/// @param capacity how many steps may use a resource at once, by its name
public record RollbackProcedure(
        Place place,
        Budget budget,
        Order order,
        List<Step> steps,
        Optional<AcceptedOneWay> accept,
        Map<String, Integer> capacity) {

    public RollbackProcedure {
        capacity = Map.copyOf(capacity);
    }

    /// One whose steps share nothing that is scarce.
    public RollbackProcedure(
            Place place, Budget budget, Order order, List<Step> steps, Optional<AcceptedOneWay> accept) {
        this(place, budget, order, steps, accept, Map.of());
    }

    /// What a rollback may cost: time to recovery, downtime, acknowledged writes lost.
    public record Budget(Duration recovery, Optional<Duration> downtime, OptionalLong lostWrites) {}

    /// How the steps are run as configured.
    public enum Order {
        /// One at a time, as written.
        WRITTEN,
        /// Each as soon as what it needs is done.
        READY
    }

    /// A signed acceptance that there is no way back: why, who, until which day (ISO date).
    public record AcceptedOneWay(Place place, String why, String by, String until) {}

    /// The step of that id. @throws IllegalArgumentException if there is none
    public Step step(String id) {
        return steps.stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rollback step '" + id + "'"));
    }
}
