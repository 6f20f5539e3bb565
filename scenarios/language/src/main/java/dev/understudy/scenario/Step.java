package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One step of a rollback.
public sealed interface Step {
    /// What all steps have.
    Common common();

    /// What all steps have.
    ///
    /// @param needs the ids of the steps that must be done before
    /// @param timeout how long one attempt may take
    /// @param irreversible whether it can't be undone
    /// @param retry how often it is tried
    /// @param given what must hold before each attempt; else the attempt is skipped
    /// @param uses resources of which the procedure has so many, see [RollbackProcedure#capacity]
    record Common(
            String id,
            Place place,
            List<String> needs,
            Duration timeout,
            boolean irreversible,
            Retry retry,
            List<Condition> given,
            List<String> uses) {
        public Common {
            needs = List.copyOf(needs);
            given = List.copyOf(given);
            uses = List.copyOf(uses);
        }

        /// A step that is tried once, whatever holds.
        public Common(String id, Place place, List<String> needs, Duration timeout, boolean irreversible) {
            this(id, place, needs, timeout, irreversible, Retry.NEVER, List.of(), List.of());
        }
    }

    /// How often a step is tried, at least once: after a failure it is tried again `backoff` later, then twice as
    /// much later each time, up to `most`.
    record Retry(int attempts, Duration backoff, Duration most) {
        /// Tried once.
        public static final Retry NEVER = new Retry(1, Duration.ZERO, Duration.ZERO);

        private static final int ENOUGH_DOUBLINGS = 30;

        /// How long to wait before attempt `attempt`, of which the first is 1 and is not waited for.
        public Duration before(int attempt) {
            if (attempt <= 1) {
                return Duration.ZERO;
            }
            Duration wait = backoff.multipliedBy(1L << Math.min(attempt - 2, ENOUGH_DOUBLINGS));
            return wait.compareTo(most) > 0 ? most : wait;
        }
    }

    /// A request to a service of the candidate; succeeded when it answers `status` (any 2xx if absent).
    record Http(Common common, String method, String service, String path, Optional<Integer> status) implements Step {}

    /// A service back to what it ran before the change, its instances replaced as `how` says.
    record Revert(Common common, String service, Replacement how) implements Step {
        /// Ends all instances, then starts all.
        public Revert(Common common, String service) {
            this(common, service, Replacement.ALL_AT_ONCE);
        }
    }

    /// A service's data back to the copies that the arm was made from; the service is ended before and started
    /// afterwards, as what it runs.
    record RestoreData(Common common, String service) implements Step {}

    /// An SQL file, relative to the scenario, run in one transaction unless the file begins one itself.
    record Sql(Common common, String service, String file) implements Step {}

    /// A program run inside the candidate; succeeded when it exits 0.
    record Command(Common common, List<String> command, Map<String, Template> environment) implements Step {}

    /// Something that a person does; in a rehearsal it takes that person's time and nothing else.
    record Manual(Common common, String task, Duration takes) implements Step {}

    /// Waits until a condition holds.
    record WaitUntil(Common common, Condition condition) implements Step {}

    /// What a step can wait for.
    sealed interface Condition {
        /// Every instance of a service is healthy.
        record Healthy(String service) implements Condition {}

        /// A GET answers `status`.
        record Answers(String service, String path, int status) implements Condition {}

        /// A query returns one value, `equal`.
        record Query(String service, String sql, String equal) implements Condition {}
    }

    /// Its id, unique in the procedure.
    default String id() {
        return common().id();
    }

    /// Where it is written.
    default Place place() {
        return common().place();
    }

    /// The ids of the steps that must be done before it.
    default List<String> needs() {
        return common().needs();
    }

    /// How long it may take before it counts as failed.
    default Duration timeout() {
        return common().timeout();
    }

    /// One word for what it does, for people.
    default String verb() {
        return switch (this) {
            case Http http -> http.method().toLowerCase(java.util.Locale.ROOT);
            case Revert _ -> "revert";
            case RestoreData _ -> "restore data of";
            case Sql _ -> "sql";
            case Command _ -> "command";
            case Manual _ -> "by hand";
            case WaitUntil _ -> "wait until";
        };
    }
}
