package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// One rehearsal as the user wants it: what to clone, what to feed it, what to ship, what to disturb, what
/// must hold, and how to get back. Immutable; every reference in it has been checked by the reader.
public record Scenario(
        String name,
        Place place,
        String description,
        long seed,
        Optional<Expectation> expect,
        LiveSource live,
        Topology topology,
        ShadowSpec shadow,
        Traffic traffic,
        List<Change> changes,
        List<DeviationSpec> deviations,
        List<StabilityRule> stability,
        BreachPolicy breach,
        RollbackProcedure rollback,
        List<LedgerEntry> ledger,
        List<ExpectedDifference> expected,
        Steady steady,
        Optional<OptimizeSpec> optimize,
        Monitoring monitoring) {

    /// Where live is declared, whether what does not run is to be started as live first, and what live may
    /// suffer.
    ///
    /// @param bundle what stands in for live, where live can't be reached
    public record LiveSource(String topologyFile, boolean start, LiveLimits guard, Optional<Bundle> bundle) {
        /// Live itself.
        public LiveSource(String topologyFile, boolean start, LiveLimits guard) {
            this(topologyFile, start, guard, Optional.empty());
        }

        /// Live with the usual limits.
        public LiveSource(String topologyFile, boolean start) {
            this(topologyFile, start, LiveLimits.USUAL);
        }
    }

    /// What live may suffer while a run goes on; beyond, the run stops. A limit that is absent follows from
    /// what
    /// live did before the shadow's services were started.
    ///
    /// @param p99 the 99th percentile of how long live takes to answer
    /// @param io share of the time (0..1) in which nothing on live's host got on for waiting for input or
    ///     output
    /// @param memory the same for waiting for memory
    public record LiveLimits(Optional<Duration> p99, OptionalDouble io, OptionalDouble memory) {
        /// All of them absent.
        public static final LiveLimits USUAL =
                new LiveLimits(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// The verdict the author expects; asserted in the suite report, never changes the exit code. Absent
    /// parts are not asserted; `reversibility` is the bare word (`REVERSIBLE`, `REVERSIBLE_WITH_LOSS`,
    /// `ONE_WAY`).
    public record Expectation(
            Place place, Optional<String> verdict, Optional<String> reversibility, Optional<List<String>> hazards) {}

    /// When a breach starts the rollback, and how long to wait for one before the drill starts it anyway.
    public record BreachPolicy(Trigger trigger, Duration within) {}

    /// What counts as a breach.
    public sealed interface Trigger {
        /// One broken rule is enough.
        record Any() implements Trigger {}

        /// At least `rules` different rules are broken at the same time.
        record AtLeast(int rules) implements Trigger {}

        /// The rule of that id is broken; only within [Of].
        record Rule(String id) implements Trigger {}

        /// At least `wanted` of `parts` hold at the same time; 1 <= wanted <= parts.
        record Of(int wanted, List<Trigger> parts) implements Trigger {
            public Of {
                parts = List.copyOf(parts);
            }
        }

        /// The entry answered with a status of `from` to `to` (both included) at least `count` times since the
        /// rules began to watch.
        record Code(int from, int to, int count) implements Trigger {
            /// One code.
            public Code(int code, int count) {
                this(code, code, count);
            }

            /// Whether it counts that status.
            public boolean counts(int status) {
                return from <= status && status <= to;
            }

            /// `503`, or `5xx`.
            public String shown() {
                return from == to ? Integer.toString(from) : from / 100 + "xx";
            }
        }
    }

    /// A difference between the arms that the author knows of: in a column (`table.column`), a table, or a
    /// file (a glob), of the data of `service`.
    public record ExpectedDifference(Place place, String service, What what, String name, String why) {
        /// What differs.
        public enum What {
            COLUMN,
            TABLE,
            FILE
        }
    }

    /// Recovered means: nothing broken and as fast as the control for `lasting`, beginning at the latest
    /// `within` after the rollback began.
    public record Steady(Duration lasting, Duration within) {}

    /// How a better order is proven: in `pairs` alternating pairs; `objective` names what is to get smaller.
    public record OptimizeSpec(int pairs, Objective objective) {}

    /// What a better plan has to make smaller.
    public enum Objective {
        RECOVERY
    }

    /// The same with another seed.
    public Scenario withSeed(long other) {
        return new Scenario(
                name,
                place,
                description,
                other,
                expect,
                live,
                topology,
                shadow,
                traffic,
                changes,
                deviations,
                stability,
                breach,
                rollback,
                ledger,
                expected,
                steady,
                optimize,
                monitoring);
    }

    /// The services whose version, settings or data the change touches.
    public List<String> changedServices() {
        return changes.stream().map(Change::service).distinct().toList();
    }

    /// The services that exist in an arm, whether started or refused.
    public Stream<Service> shadowServices() {
        return topology.services().values().stream().filter(service -> !shadow.omits(service.name()));
    }
}
