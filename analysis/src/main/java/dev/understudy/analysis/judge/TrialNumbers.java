package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;

/// Which trial an event belongs to.
final class TrialNumbers {
    /// Of the run as a whole.
    static final int NONE = -1;

    private TrialNumbers() {}

    static int of(Event event) {
        return switch (event) {
            case Event.StageBegan e -> e.trial();
            case Event.StageEnded e -> e.trial();
            case Event.Runs e -> e.trial();
            case Event.ArmReady e -> e.trial();
            case Event.Shipped e -> e.trial();
            case Event.InstanceExited e -> e.trial();
            case Event.WatchBegan e -> e.trial();
            case Event.DeviationBegan e -> e.trial();
            case Event.DeviationEnded e -> e.trial();
            case Event.RuleBroke e -> e.trial();
            case Event.RuleHeals e -> e.trial();
            case Event.RuleBlind e -> e.trial();
            case Event.RuleWatched e -> e.trial();
            case Event.SampleFailed e -> e.trial();
            case Event.AlertSeen e -> e.trial();
            case Event.AlertsWatched e -> e.trial();
            case Event.Breached e -> e.trial();
            case Event.RollbackBegan e -> e.trial();
            case Event.StepBegan e -> e.trial();
            case Event.StepEnded e -> e.trial();
            case Event.RollbackEnded e -> e.trial();
            case Event.Recovery e -> e.trial();
            case Event.StateCompared e -> e.trial();
            case Event.LeftBehind e -> e.trial();
            case Event.DataCompared e -> e.trial();
            case Event.SchemaRead e -> e.trial();
            case Event.StartMigrated e -> e.trial();
            case Event.OldVersionTried e -> e.trial();
            case Event.LedgerRead e -> e.trial();
            case Event.LossDated e -> e.trial();
            case Event.WritesCompared e -> e.trial();
            case Event.TrafficCounted e -> e.trial();
            case Event.ToolTime e -> e.trial();
            default -> NONE;
        };
    }
}
