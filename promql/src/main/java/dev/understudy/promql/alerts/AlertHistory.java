package dev.understudy.promql.alerts;

import dev.understudy.promql.series.Notice;
import java.util.List;

/// Which alerts would have been raised, when, and what can't be known.
///
/// @param episodes in the order in which they began
/// @param failures rules that could not be evaluated at some instant
/// @param unseen what rules ask for and never found: such a rule not firing proves nothing
/// @param leftOut recorded series that did not fit
/// @param until the end of what was looked at, in nanoseconds of the timeline
public record AlertHistory(
        List<AlertEpisode> episodes,
        List<RuleFailure> failures,
        List<UnseenSeries> unseen,
        List<Notice> leftOut,
        long until) {
    public AlertHistory {
        episodes = List.copyOf(episodes);
        failures = List.copyOf(failures);
        unseen = List.copyOf(unseen);
        leftOut = List.copyOf(leftOut);
    }

    /// Those that would have fired.
    public List<AlertEpisode> fired() {
        return episodes.stream().filter(AlertEpisode::fired).toList();
    }
}
