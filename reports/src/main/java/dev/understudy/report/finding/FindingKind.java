package dev.understudy.report.finding;

/// Everything that can be found. The ids are part of the interface: code scanners know a finding again by them,
/// so none is ever renamed or used for something else. `docs/reference/findings.md` lists them for users.
public enum FindingKind {
    RULE_BROKEN(
            "rule-broken",
            Level.ERROR,
            "The change broke a stability rule",
            "The candidate broke the rule and the control, under the same requests and deviations, did not. "
                    + "Look at what the changed services do under that deviation."),
    CHANGE_BREACHED(
            "change-breached",
            Level.ERROR,
            "The change did not hold",
            "The changed services did not become healthy in time, or breached without a rule of their own."),
    STEP_FAILED(
            "step-failed",
            Level.ERROR,
            "A step of the rollback did not succeed",
            "Its last attempt failed or timed out. The report has its literal command and the end of its output."),
    NOT_RECOVERED(
            "not-recovered",
            Level.ERROR,
            "The rollback did not bring the system back",
            "After the rollback the candidate did not become as good as the control within the time it has for it."),
    RECOVERY_OVER_BUDGET(
            "recovery-over-budget",
            Level.ERROR,
            "The rollback takes longer than its budget",
            "The place is that of the step on the critical path that took longest. See whether steps can run at the "
                    + "same time: the report proposes an order if there is one."),
    DOWNTIME_OVER_BUDGET(
            "downtime-over-budget",
            Level.ERROR,
            "Users are without service for longer than the budget",
            "Slots of 100 ms in which every request failed, added up over the rollback."),
    LEDGER_LOST(
            "ledger-lost",
            Level.ERROR,
            "Acknowledged writes of a ledger entry are gone after the rollback",
            "The key was read back after the rollback and did not have the last value that was acknowledged."),
    ROWS_LOST(
            "rows-lost",
            Level.ERROR,
            "Rows of acknowledged writes are gone after the rollback",
            "Both arms acknowledged the write; after the rollback the candidate's data lacks its row."),
    DATA_DIFFERS(
            "data-differs",
            Level.ERROR,
            "Data after the rollback is not what it is without the change",
            "Rows or structure differ between the arms by more than they do by themselves. Declare what has to "
                    + "differ under verify, with the reason."),
    SCHEMA_STAYS(
            "schema-stays",
            Level.ERROR,
            "The schema stays where the new version left it",
            "A version migrated a database when it started, and no step of the rollback takes that back. Add a step, or, "
                    + "if what stays may stay, declare it under verify with the reason; then this is a warning."),
    HISTORY_DISAGREES(
            "history-disagrees",
            Level.ERROR,
            "The migration history names what the rollback took back",
            "The next rollout would take the migration for applied and leave it out. The step that takes the schema "
                    + "back has to remove the entry too, as the tool's own undo does."),
    OLD_VERSION_REFUSES(
            "old-version-refuses",
            Level.ERROR,
            "The old version does not start on the new schema",
            "Going back works only after the schema was taken back, if at all: the version before can't be started "
                    + "beside the new one, nor in a hurry. Its last words are in the report."),
    UNDECLARED_MIGRATION(
            "undeclared-migration",
            Level.WARNING,
            "A version migrates when it starts, and nothing says so",
            "The schema differed after the deployment although no migration is part of the change. If that is meant, "
                    + "write migrates: {db: NAME, at: start} at the version in the topology."),
    ONE_WAY(
            "one-way",
            Level.ERROR,
            "There is no way back",
            "After every step the old version does not start, does not recover, or can't read what the new one wrote; "
                    + "or a step is declared irreversible."),
    NO_GO("no-go", Level.ERROR, "The verdict is NO_GO", "What decided has no kind of its own; the message says it."),
    INCONCLUSIVE(
            "inconclusive",
            Level.WARNING,
            "Too little is known for a verdict",
            "Data is missing, traffic was too little, or the shadow was not faithful. It is never taken for a GO."),
    EXPECTATION_UNMET(
            "expectation-unmet",
            Level.WARNING,
            "The scenario's own expectation did not come true",
            "The author wrote down another outcome under expect. It never changes the exit code."),
    ROUTE_NOT_COVERED(
            "route-not-covered",
            Level.NOTE,
            "No traffic reached routes of a changed service",
            "Nothing is known of these routes after the change. Sample more traffic, or for longer."),
    LEFT_BEHIND(
            "left-behind",
            Level.ERROR,
            "Something of the shadow could not be removed",
            "Run understudy clean; what it can't remove either has to be removed by hand."),
    NOT_REHEARSED(
            "not-rehearsed",
            Level.ERROR,
            "The scenario was not rehearsed to its end",
            "The scenario is wrong, the environment does not allow it, or the command was interrupted.");

    private final String id;
    private final Level level;
    private final String title;
    private final String help;

    FindingKind(String id, Level level, String title, String help) {
        this.id = id;
        this.level = level;
        this.title = title;
        this.help = help;
    }

    /// The stable id.
    public String id() {
        return id;
    }

    /// How grave it is unless the verdict makes it milder.
    public Level level() {
        return level;
    }

    /// One sentence without a full stop.
    public String title() {
        return title;
    }

    /// What it means and what to do.
    public String help() {
        return help;
    }
}
