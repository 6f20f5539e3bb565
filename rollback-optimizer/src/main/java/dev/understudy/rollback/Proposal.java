package dev.understudy.rollback;

import java.util.List;
import java.util.Map;

/// A shorter order, and why it is thought to be shorter and safe.
///
/// @param plan the order
/// @param predictedNanos how long it should take, from measured times
/// @param presentNanos how long the present order should take, from the same times
/// @param added what steps wait for beyond their declared needs
/// @param why for people
public record Proposal(RollbackPlan plan, long predictedNanos, long presentNanos, List<SafetyEdge> added, String why) {
    public Proposal {
        added = List.copyOf(added);
    }

    /// What each step now waits for.
    public Map<String, List<String>> waitsFor() {
        return plan.waitsFor();
    }
}
