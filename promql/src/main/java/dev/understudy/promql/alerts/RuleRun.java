package dev.understudy.promql.alerts;

import dev.understudy.promql.evaluation.Sample;
import java.util.List;

/// A rule in the course of time.
interface RuleRun {
    /// The rule.
    Rule rule();

    /// Takes in what the rule's expression yields at `nanos`.
    /// @throws RuleRunException if that is more than the group allows, or two results become the same
    void results(List<Sample> samples, long nanos);

    /// What came of it so far.
    List<AlertEpisode> episodes();
}
