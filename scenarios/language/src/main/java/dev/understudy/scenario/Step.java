package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One step of a rollback.
public sealed interface Step {
    /// What all steps have.
    Common common();

    /// What all steps have: an id, its place, the ids of the steps it needs done first, how long it may
    /// take, and whether it can't be undone.
    record Common(String id, Place place, List<String> needs, Duration timeout, boolean irreversible) {}

    /// A request to a service of the candidate; succeeded when it answers `status` (any 2xx if absent).
    record Http(Common common, String method, String service, String path, Optional<Integer> status) implements Step {}

    /// A service back to what it ran before the change.
    record Revert(Common common, String service) implements Step {}

    /// An SQL file, relative to the scenario, run in one transaction unless the file begins one itself.
    record Sql(Common common, String service, String file) implements Step {}

    /// A program run inside the candidate; succeeded when it exits 0.
    record Command(Common common, List<String> command, Map<String, Template> environment) implements Step {}

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
            case Sql _ -> "sql";
            case Command _ -> "command";
            case WaitUntil _ -> "wait until";
        };
    }
}
