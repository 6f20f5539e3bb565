package dev.understudy.journal;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// One thing that was decided, intended or done. Every record is one line of `journal.jsonl`; times are
/// nanoseconds on
/// the run's timeline, durations nanoseconds. Trials count from 1; trial 0 is before the first. Values that
/// may be
/// secret appear as hashes only.
public sealed interface Event {

    /// The version of this vocabulary; the first line of every journal carries it.
    int SCHEMA = 1;

    /// The first event: what is rehearsed, from which files (values of environment variables masked), on what
    /// machine.
    /// `startedAt` is ISO-8601; `again` the command that repeats the run.
    record RunStarted(
            int schema,
            String runId,
            String tool,
            String startedAt,
            String scenarioFile,
            long seed,
            List<SourceText> sources,
            Map<String, String> machine,
            String again)
            implements Event {}

    /// One file the run was made from: its name, its SHA-256, and its text with secrets masked.
    record SourceText(String name, String sha256, String text) {}

    /// A stage of the run began.
    record StageBegan(int trial, String stage) implements Event {}

    /// A stage ended; `outcome` is `done`, or says in a few words why it ended early.
    record StageEnded(int trial, String stage, String outcome) implements Event {}

    /// An effect is about to happen; on disk before it does.
    record Intended(long effect, String what, String undo) implements Event {}

    /// An effect was undone; `verified` means that reading back said so.
    record Undone(long effect, boolean verified) implements Event {}

    /// Live differs from its files.
    record Drifted(String service, String field, String declared, String live) implements Event {}

    /// Both arms hold copies of live's data. `paused` only names what was paused.
    record Cloned(long frozenAt, Map<String, Long> bytes, Map<String, Long> pausedNanos) implements Event {}

    /// One attempt to get out of an arm.
    record Probed(String arm, String attempt, boolean held, String evidence) implements Event {}

    /// What an instance runs.
    record Runs(int trial, String arm, String service, int index, String version, String digest) implements Event {}

    /// All instances of an arm are healthy.
    record ArmReady(int trial, String arm, long startingNanos) implements Event {}

    /// A change reached the candidate (`restarted` false) or the control restarted what it runs to be
    /// equally cold.
    record Shipped(
            int trial,
            String arm,
            String service,
            String label,
            String from,
            String to,
            boolean healthy,
            long stoppingNanos,
            long startingNanos,
            String evidence)
            implements Event {}

    /// A process of an instance ended by itself.
    record InstanceExited(int trial, String arm, String service, int index, int exitCode) implements Event {}

    /// The rules watch from now on.
    record WatchBegan(int trial) implements Event {}

    /// A deviation acts on an arm.
    record DeviationBegan(int trial, String id, String arm, String requested) implements Event {}

    /// A deviation is gone; `achieved` is what was measured, `verified` that reading back found nothing.
    record DeviationEnded(int trial, String id, String arm, String achieved, boolean verified) implements Event {}

    /// A rule broke in an arm. `value` and `limit` are in the unit of the metric; `firstBadAt` begins the
    /// unbroken bad
    /// period.
    record RuleBroke(int trial, String arm, String rule, double value, double limit, long firstBadAt)
            implements Event {}

    /// A rule holds again.
    record RuleHeals(int trial, String arm, String rule) implements Event {}

    /// A rule had no data (too few requests, or a gap) from `from` to the time of this event.
    record RuleBlind(int trial, String arm, String rule, long from) implements Event {}

    /// What a rule read in an arm between the start of watching and the rollback: its worst value in the unit
    /// of the metric (not a number if it never had one). Without this event a rule has not watched.
    record RuleWatched(int trial, String arm, String rule, double worst) implements Event {}

    /// The first time that nothing could be asked for a rule in an arm, and why.
    record SampleFailed(int trial, String arm, String rule, String why) implements Event {}

    /// An alert of the team's own rules in an arm: pending from `activeAt`, firing from `firingAt` (absent: it did
    /// not last for `neededNanos`), gone at `endedAt` (absent: still there). `place` is `file:line:col`; `labels`
    /// without secrets; `value` is the last.
    record AlertSeen(
            int trial,
            String arm,
            String alert,
            String group,
            String place,
            Map<String, String> labels,
            long neededNanos,
            long activeAt,
            OptionalLong firingAt,
            OptionalLong endedAt,
            double value)
            implements Event {}

    /// The team's own alert rules were evaluated in an arm until now; every [AlertSeen] of it is on record. What
    /// they could not see: selectors that found nothing, rules that failed, series that did not fit.
    record AlertsWatched(
            int trial, String arm, int rules, List<String> unseen, List<String> failed, List<String> leftOut)
            implements Event {}

    /// The trigger fired. `shared` says that the control breaks the same rules in the same window; `innocent`
    /// that the
    /// deviation behind it acts on the candidate or a metric stream alone.
    record Breached(int trial, List<String> rules, long firstBadAt, boolean shared, boolean innocent, String reason)
            implements Event {}

    /// The rollback begins: because of a breach, or as a drill.
    record RollbackBegan(int trial, boolean drill, String plan, List<String> order) implements Event {}

    /// An attempt at a step began.
    record StepBegan(int trial, String step, int attempt, String literal) implements Event {}

    /// An attempt at a step ended: `done`, `failed`, `timed out` or `skipped`.
    record StepEnded(int trial, String step, int attempt, String outcome, int exitCode, String output)
            implements Event {}

    /// The last step ended.
    record RollbackEnded(int trial, boolean allSucceeded) implements Event {}

    /// Recovered since `since` (the start of the first steady period), or not within the time allowed;
    /// `because` says
    /// what was missing.
    record Recovery(int trial, boolean recovered, long since, String because) implements Event {}

    /// What an instance of the candidate runs after the rollback, against before the change.
    record StateCompared(int trial, String service, boolean equal, String before, String after) implements Event {}

    /// Something of the shadow that the rollback left behind in the candidate.
    record LeftBehind(int trial, String what) implements Event {}

    /// The data of a service, compared row by row. Counts are rows; `examples` name table, column and hashed
    /// key only.
    record DataCompared(
            int trial,
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
            List<String> notChecked)
            implements Event {}

    /// How the definitions and the migration history of a database differ from what they were: one line for each
    /// object (`column orders.channel text`, changed ones as `column orders.id: integer -> bigint`), `table: entry`
    /// for each of the history; `left` counts the lines that are not here because there are too many.
    record SchemaDelta(
            List<String> added,
            List<String> removed,
            List<String> changed,
            List<String> entered,
            List<String> withdrawn,
            long left) {
        /// Nothing differs.
        public static final SchemaDelta NONE =
                new SchemaDelta(List.of(), List.of(), List.of(), List.of(), List.of(), 0);

        /// The lines of the definitions, in words.
        public List<String> objects() {
            return java.util.stream.Stream.of(
                            added.stream().map(line -> line + " was added"),
                            removed.stream().map(line -> line + " was removed"),
                            changed.stream().map(line -> line + " was changed"))
                    .flatMap(lines -> lines)
                    .toList();
        }

        /// Whether the definitions are what they were.
        public boolean sameObjects() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }

        /// Whether everything is what it was.
        public boolean isNone() {
            return sameObjects() && entered.isEmpty() && withdrawn.isEmpty();
        }
    }

    /// The definitions in a database of the candidate at a moment of a trial (`before` the change, after the
    /// `change`, after the `rollback`): their SHA-256 and number, how many migrations its history tables have, the
    /// last of them, and how it all differs from `before`, without what the control shows by itself too.
    record SchemaRead(
            int trial,
            String service,
            String moment,
            String sha256,
            long objects,
            long applied,
            String latest,
            SchemaDelta since,
            List<String> notRead)
            implements Event {}

    /// Deploying `by` changed the definitions or the history of the database `service`, though no migration was
    /// run: `label` is the change as [Shipped] tells it.
    record StartMigrated(int trial, String service, String by, String label, SchemaDelta what) implements Event {}

    /// Whether the version before the change starts with the schema that its successor made: `started`, `did not
    /// start` or `not checked`. `seen` is `rollback` (it was there when the rollback restarted it) or `probe`;
    /// `evidence` the end of what it printed, or why it was not checked.
    record OldVersionTried(
            int trial, String service, String version, String database, String outcome, String seen, String evidence)
            implements Event {
        /// It became healthy.
        public static final String STARTED = "started";

        /// It did not.
        public static final String DID_NOT_START = "did not start";

        /// Nobody looked.
        public static final String NOT_CHECKED = "not checked";
    }

    /// What the ledger says: keys checked, keys whose value read is not the one acknowledged, of these the ones
    /// the old
    /// version can't read, and the span from the first to the last lost acknowledgement.
    record LedgerRead(
            int trial, String entry, long keys, long lost, long unreadable, long lostSpanNanos, List<String> examples)
            implements Event {}

    /// When the first and the last of the writes that were lost had been acknowledged; `what` is a service or a
    /// ledger entry.
    record LossDated(int trial, String what, long firstAcknowledged, long lastAcknowledged) implements Event {}

    /// How many of the writes both arms were sent could be compared.
    record WritesCompared(int trial, long writes, long compared) implements Event {}

    /// What the traffic source counted.
    record TrafficCounted(int trial, long seen, long offered, long delivered, Map<String, Long> dropped)
            implements Event {}

    /// The tool's own overhead in a trial.
    record ToolTime(int trial, long nanos, String what) implements Event {}

    /// A better order was found: the steps with what each now waits for, and how long it should take, beside
    /// what the
    /// present order was predicted to take.
    record PlanProposed(Map<String, List<String>> waitsFor, long predictedNanos, long presentNanos, String why)
            implements Event {}

    /// One trial of a pair: which plan, and what it took to recover; absent if it did not.
    record PairRun(int pair, int trial, String plan, OptionalLong recoveryNanos, long makespanNanos) implements Event {}

    /// What became of the proposal: `kept`, `not distinguishable`, `failed`, with the median gain and the
    /// spread of the old plan's runs.
    record PlanDecided(String decision, long medianGainNanos, long spreadNanos, int pairs) implements Event {}

    /// What live did by itself, before the shadow's services were started, in `exchanges` answers; from here on
    /// the run stops if a sign stays over its limit. Signs are `latency-p99` in seconds, and `io-pressure`,
    /// `memory-pressure` and, without a limit, `cpu-pressure` as shares of time; a sign that nobody can see is
    /// absent.
    record LiveLearned(long exchanges, Map<String, Double> before, Map<String, Double> limits) implements Event {}

    /// Live suffers, and the run stops for its sake: `sign` was over its limit for `lastingNanos`. The sign
    /// `answers` (a second) means that live gave none in that time; its limit is 0.
    record LiveSuffers(String sign, double before, double reached, double limit, long lastingNanos) implements Event {}

    /// How live fared beside the shadow: the worst of each sign.
    record LiveWatched(long exchanges, Map<String, Double> worst) implements Event {}

    /// The shadow is gone, but for what is listed.
    record Disposed(List<String> left) implements Event {}

    /// Something went wrong that is not a service's fault: `kind` is `environment`, `bug` or `interrupted`.
    record Failed(String kind, String message) implements Event {}

    /// The last event of a run; only [FilesSealed] may follow.
    record RunEnded(String verdict) implements Event {}

    /// `journal.jsonl` grew towards its limit: from here on `leftOut` events that decide nothing are not
    /// written. A run that carries this event was not recorded completely.
    record RecordShortened(long afterLines, List<String> leftOut) implements Event {}

    /// The record was closed in order: the SHA-256 (hex) of each file beside `journal.jsonl`, by file name.
    record FilesSealed(Map<String, String> sha256) implements Event {}
}
