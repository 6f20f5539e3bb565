package dev.understudy.analysis;

import dev.understudy.journal.Event.OldVersionTried;
import dev.understudy.scenario.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Everything the judge concludes from one journal: what reports show and `run.json` holds. Pure data; all
/// times are nanoseconds, instants on the run's timeline. Same journal, same summary.
public record RunSummary(
        Identity identity,
        Verdict verdict,
        Figures figures,
        List<ShippedChange> changes,
        List<RuleReading> rules,
        List<StepReading> steps,
        List<Mark> marks,
        List<Series> series,
        Split split,
        List<RouteFidelity> fidelity,
        List<DataReading> data,
        List<LedgerReading> ledger,
        Optional<PlanReading> plan,
        List<DeviationReading> deviations,
        List<Drift> drift,
        Isolation isolation,
        List<LiveSign> live,
        TrafficReading traffic,
        List<String> notChecked,
        Optional<ExpectationReading> expectation,
        Optional<String> acceptedOneWay,
        List<TrialReading> trials,
        List<Profile> profiles,
        BlastRadius blast,
        AlertsReading alerts,
        List<MigrationReading> migrations) {

    /// Which run of what. `again` is the command that repeats it; `sources` are file names with their
    /// SHA-256.
    public record Identity(
            String runId,
            String scenario,
            Place place,
            String description,
            long seed,
            String startedAt,
            String tool,
            String again,
            Map<String, String> sources,
            Map<String, String> machine) {}

    /// The key figures of the first screen, from the first trial. An empty measure was not reached or not
    /// measured; an empty budget was not set. `detectedBy` is the rule; `lostWritesBudget` empty if not
    /// set.
    public record Figures(
            OptionalLong recovery,
            long recoveryBudget,
            OptionalLong detect,
            Optional<String> detectedBy,
            boolean drill,
            OptionalLong downtime,
            OptionalLong downtimeBudget,
            long deployDowntime,
            OptionalLong lost,
            OptionalLong unserved,
            OptionalLong contended,
            OptionalLong lostWritesBudget,
            OptionalDouble writesCompared,
            Optional<String> bottleneck,
            double bottleneckShare,
            OptionalLong firstBadToFirstStep) {}

    /// What was changed from what, by digest.
    public record ShippedChange(String service, String label, String fromDigest, String toDigest, Place place) {}

    /// A rule and what it saw in the first trial: its limit (empty: a multiple of what control or baseline
    /// read), the worst value in each arm between change and rollback (empty: no data), when it broke, and for
    /// how long it was blind.
    public record RuleReading(
            String id,
            Place place,
            String metric,
            String target,
            OptionalDouble limit,
            String limitText,
            OptionalDouble worstCandidate,
            OptionalDouble worstControl,
            OptionalLong brokeAt,
            boolean sharedByControl,
            long blindNanos) {}

    /// One step of the rollback of the first trial with all its attempts; `share` is its share of the
    /// makespan.
    public record StepReading(
            String id,
            String verb,
            Place place,
            List<String> needs,
            List<Attempt> attempts,
            boolean onCriticalPath,
            double share) {
        /// When it began; empty if it never did.
        public OptionalLong began() {
            return attempts.stream().mapToLong(Attempt::began).min();
        }

        /// When it ended.
        public OptionalLong ended() {
            return attempts.stream().mapToLong(Attempt::ended).max();
        }
    }

    /// One attempt: the literal command, outcome (`done`, `failed`, `timed out`, `skipped`), and the end of
    /// its output.
    public record Attempt(
            int number, long began, long ended, String literal, String outcome, int exitCode, String output) {}

    /// A moment or a span worth a mark on the time axis of the first trial.
    public record Mark(Kind kind, String label, long at, OptionalLong until) {
        /// What is marked.
        public enum Kind {
            CHANGE,
            WATCH,
            DEVIATION,
            FIRST_BAD,
            DETECTED,
            ROLLBACK,
            RECOVERED
        }
    }

    /// What users of one arm saw in the first trial, a point each second.
    public record Series(String arm, List<Point> points) {}

    /// One second from `at`: requests by intended time, failures among them, latency quantiles (0 without
    /// requests).
    public record Point(long at, long requests, long failures, long p50, long p99) {}

    /// Where every nanosecond of the run went. The parts add up to `total`.
    public record Split(long total, long service, long step, long ruleWindow, long deviation, long tool) {}

    /// How well the control agreed with live in the baseline, for one route.
    public record RouteFidelity(
            String route,
            boolean ofChangedService,
            long exchanges,
            double agreement,
            String disagreements,
            boolean coveredAfterChange) {}

    /// The data of one service after the rollback; see [dev.understudy.journal.Event.DataCompared].
    public record DataReading(
            String service,
            long compared,
            long lost,
            long unserved,
            long expected,
            long contended,
            long unattributed,
            long noise,
            List<String> structure,
            List<String> examples,
            List<String> notChecked) {}

    /// A deployment that changed the schema of a database, or that was declared to, in the first trial.
    ///
    /// @param service which was deployed
    /// @param change as it was shipped: `orders 2.0`
    /// @param declared whether its version says `migrates`
    /// @param objects what changed when it started, a line each in words
    /// @param entered what it added to the migration history, as `table: entry`
    /// @param takenBack those of `objects` that the rollback took back
    /// @param stays those that stayed and that nothing declares
    /// @param staysDeclared those that stayed as declared under `verify`
    /// @param historyStays those of `entered` that stayed
    /// @param moments the three readings, in order; fewer if some failed
    public record MigrationReading(
            String database,
            String service,
            String change,
            Place place,
            boolean declared,
            List<String> objects,
            List<String> entered,
            List<String> takenBack,
            List<String> stays,
            List<String> staysDeclared,
            List<String> historyStays,
            List<SchemaMoment> moments,
            OldVersion oldVersion,
            List<String> notRead) {

        /// Whether all that it changed was still there after the rollback.
        public boolean staysWhole() {
            return takenBack.isEmpty() && !(stays.isEmpty() && staysDeclared.isEmpty());
        }
    }

    /// A database of the candidate at one moment (`before`, `change`, `rollback`): its schema as a SHA-256, how many
    /// objects it has, how many migrations its history names, and the last of them.
    public record SchemaMoment(String moment, String sha256, long objects, long applied, String latest) {}

    /// Whether the version before the change starts on the schema that the change made; see
    /// [dev.understudy.journal.Event.OldVersionTried].
    public record OldVersion(String version, String outcome, String seen, String evidence) {
        /// It became healthy.
        public boolean hasStarted() {
            return outcome.equals(OldVersionTried.STARTED);
        }

        /// It did not become healthy.
        public boolean hasRefused() {
            return outcome.equals(OldVersionTried.DID_NOT_START);
        }

        /// The last line it printed, which is what it died of.
        public String lastLine() {
            return evidence.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((_, line) -> line)
                    .orElse("it printed nothing");
        }
    }

    /// One ledger entry after the rollback.
    public record LedgerReading(
            String entry,
            Place place,
            long keys,
            long lost,
            long unreadable,
            long lostSpanNanos,
            List<String> examples) {}

    /// The better order: which steps now wait for which, predicted and measured makespans, what was
    /// decided.
    public record PlanReading(
            Map<String, List<String>> waitsFor,
            long predictedNanos,
            long presentNanos,
            String decision,
            long medianGainNanos,
            long spreadNanos,
            List<Pair> pairs,
            String why) {
        /// Whether it is kept.
        public boolean isKept() {
            return decision.equals("kept");
        }
    }

    /// One alternating pair: time to recovery under each plan; empty if it did not recover.
    public record Pair(int number, OptionalLong present, OptionalLong proposed) {}

    /// What was asked of a deviation and what happened.
    public record DeviationReading(
            String id,
            String kind,
            Place place,
            String target,
            String on,
            String requested,
            String achieved,
            OptionalLong began,
            OptionalLong ended,
            boolean undoneVerified,
            boolean mustBreach) {}

    /// Live against its files.
    public record Drift(String service, String field, String declared, String live) {}

    /// How the arms were shut in: `enforced` or `watched`, and the probes.
    public record Isolation(String level, int probes, List<String> leaks) {}

    /// How live fared beside the shadow, by one sign, named and measured as a metric is (`latency-p99`): before the
    /// shadow's services were started, the worst while they ran, and the limit at which the run stops (empty:
    /// none).
    public record LiveSign(String metric, OptionalDouble before, OptionalDouble worst, OptionalDouble limit) {}

    /// What the traffic source counted, and the exchanges both arms got in the first trial.
    public record TrafficReading(
            long seen,
            long offered,
            long delivered,
            Map<String, Long> dropped,
            long exchanges,
            long writes,
            double perSecond) {}

    /// Whether the author's expectation came true.
    public record ExpectationReading(Place place, String expected, boolean met) {}

    /// What the team's own alert rules would have said in the first trial.
    ///
    /// @param rules how many there are; 0: none were to be evaluated
    /// @param evaluated whether they were, in both arms, to the end of recovery
    /// @param until the end of what they looked at
    /// @param notSeen selectors that found no series, rules that failed, series that were left out: there silence
    ///     says nothing
    public record AlertsReading(
            int rules, boolean evaluated, long until, List<AlertReading> alerts, List<String> notSeen) {
        /// No alert rules.
        public static final AlertsReading NONE = new AlertsReading(0, false, 0, List.of(), List.of());
    }

    /// One time during which an alert's expression yielded one label set in one arm.
    ///
    /// @param needed the rule's `for`
    /// @param activeAt from when it was pending
    /// @param firingAt from when it would have fired; empty if it did not last that long
    /// @param endedAt when it was gone; empty if it still was there at the end
    /// @param alone whether only the candidate had it, between change and rollback
    public record AlertReading(
            String arm,
            String alert,
            String place,
            Map<String, String> labels,
            long needed,
            long activeAt,
            OptionalLong firingAt,
            OptionalLong endedAt,
            double value,
            boolean alone) {}

    /// One trial in a line.
    public record TrialReading(
            int trial, String plan, boolean recovered, OptionalLong recovery, long makespan, String outcome) {}
}
