package dev.understudy.promql.alerts;

import dev.understudy.promql.evaluation.Settings;
import dev.understudy.promql.series.LayeredSource;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.series.SeriesStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// Steps a team's alert rules through time, over series that are there already or still come in. What
/// rules record is kept here and not in the source, so that the same series can be looked at again. Not
/// thread-safe; the source must not change during a call.
public final class AlertEvaluation {
    private final SeriesStore recorded;
    private final SeriesSource both;
    private final List<GroupRun> groups;

    /// @param interval between two evaluations of a group that names none (`global.evaluation_interval`)
    /// @throws IllegalArgumentException if the rules have [AlertRules#problems]
    public AlertEvaluation(AlertRules rules, SeriesSource source, Duration interval) {
        List<RuleProblem> problems = rules.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("rules with problems, the first: " + problems.getFirst());
        }
        Settings settings = Settings.USUAL.withStep(interval);
        this.recorded = new SeriesStore(source.origin(), SeriesStore.Limits.USUAL);
        this.both = new LayeredSource(source, recorded);
        this.groups = rules.groups().stream()
                .map(group -> new GroupRun(group, both, recorded, settings))
                .toList();
    }

    /// The series that the rules look at, and those that they record, `ALERTS` among them.
    public SeriesSource source() {
        return both;
    }

    /// Evaluates the groups whose interval has passed, at `nanos` of the timeline, which never goes back.
    /// Meant to be called at least as often as the shortest interval; late calls don't make up for missed
    /// ones.
    public void step(long nanos) {
        groups.forEach(group -> group.step(nanos));
    }

    /// Calls [#step] at `from`, each `every` after that, and up to `to`, and returns what came of it.
    public AlertHistory over(long from, long to, Duration every) {
        for (long at = from; at <= to; at += every.toNanos()) {
            step(at);
        }
        return history(to);
    }

    /// What came of it up to `until`, the last instant that was looked at.
    public AlertHistory history(long until) {
        return new AlertHistory(
                groups.stream()
                        .flatMap(group -> group.episodes().stream())
                        .sorted(Comparator.comparingLong(AlertEpisode::activeAt))
                        .toList(),
                groups.stream().flatMap(group -> group.failures().stream()).toList(),
                groups.stream().flatMap(group -> group.unseen().stream()).toList(),
                recorded.notices(),
                until);
    }
}
