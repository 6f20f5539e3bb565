package dev.understudy.journal;

import java.util.List;

/// Which events `journal.jsonl` still takes: all of them until [#GUARDED_FROM] lines, then only those that
/// decide something, so that the file stays at about [#LIMIT] lines whatever flaps. Not thread-safe.
final class EventLines {
    /// What `journal.jsonl` may hold.
    static final long LIMIT = 10_000;

    /// From here on the rest is kept for events that decide something.
    static final long GUARDED_FROM = 9_000;

    static final List<String> LEFT_OUT = List.of(
            "StageBegan",
            "StageEnded",
            "Drifted",
            "Runs",
            "ArmReady",
            "RuleBroke",
            "RuleHeals",
            "RuleBlind",
            "ToolTime");

    private long lines;
    private boolean shortened;

    /// What becomes of an event.
    enum Fate {
        WRITTEN,
        /// Not written; the first time this has to be said by an event of its own.
        LEFT_OUT_FIRST,
        LEFT_OUT
    }

    Fate next(Event event) {
        if (lines < GUARDED_FROM || isDecisive(event)) {
            lines++;
            return Fate.WRITTEN;
        }
        if (shortened) {
            return Fate.LEFT_OUT;
        }
        shortened = true;
        lines++;
        return Fate.LEFT_OUT_FIRST;
    }

    private static boolean isDecisive(Event event) {
        return !LEFT_OUT.contains(event.getClass().getSimpleName());
    }
}
