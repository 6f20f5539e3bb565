package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// When which rule was broken in which arm, as one trial's events tell. Immutable.
final class RuleHistory {
    /// The arms meet the same trouble within this; who breaks a rule so much later breaks it in the same
    /// window.
    static final long SAME_TIME_NANOS = Duration.ofMillis(500).toNanos();

    static final String CANDIDATE = "candidate";
    static final String CONTROL = "control";

    private final Scenario scenario;
    private final TrialRecord trial;
    private final List<Episode> episodes = new ArrayList<>();

    /// One unbroken period in which a rule was broken. @param until [Long#MAX_VALUE] if it never healed
    record Episode(String arm, String rule, long from, long until, double value) {}

    RuleHistory(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
        trial.timed(Event.RuleBroke.class)
                .forEach(broke -> episodes.add(new Episode(
                        broke.event().arm(),
                        broke.event().rule(),
                        broke.at(),
                        healedAfter(broke.at(), broke.event()),
                        broke.event().value())));
    }

    private long healedAfter(long at, Event.RuleBroke broke) {
        return trial.timed(Event.RuleHeals.class)
                .filter(heals -> heals.event().arm().equals(broke.arm()))
                .filter(heals -> heals.event().rule().equals(broke.rule()))
                .mapToLong(heals -> heals.at())
                .filter(healed -> healed >= at)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /// The broken periods of a rule in an arm, in order.
    List<Episode> of(String arm, String rule) {
        return episodes.stream()
                .filter(episode -> episode.arm().equals(arm) && episode.rule().equals(rule))
                .toList();
    }

    /// Whether the control breaks the rule in the window in which the candidate does at `at`.
    boolean isShared(String rule, long at) {
        long window = rule(rule).map(found -> found.lasting().toNanos()).orElse(0L);
        return of(CONTROL, rule).stream()
                .anyMatch(episode -> episode.from() <= at + SAME_TIME_NANOS && episode.until() >= at - window);
    }

    /// Whether the control shares a breach, or shows within half a second that it does.
    boolean isShared(Event.Breached breach, long at) {
        return breach.shared()
                || (!breach.rules().isEmpty() && breach.rules().stream().allMatch(rule -> isShared(rule, at)));
    }

    /// The deviation that made the candidate alone break a rule at `at`: one that acts on the candidate
    /// only, or on the measurements of that rule.
    Optional<DeviationSpec> excuse(Optional<String> rule, long at) {
        return oneSided(rule)
                .filter(spec -> trial.timed(Event.DeviationBegan.class)
                        .anyMatch(began -> began.event().id().equals(spec.id()) && began.at() <= at))
                .findFirst();
    }

    private Stream<DeviationSpec> oneSided(Optional<String> rule) {
        return scenario.deviations().stream()
                .filter(spec -> spec.target() instanceof DeviationSpec.Target.OnRule(String of)
                        ? rule.filter(of::equals).isPresent()
                        : spec.on() == DeviationSpec.Scope.CANDIDATE);
    }

    /// The rules that the candidate alone broke between two moments, without such an excuse.
    List<Episode> brokenAlone(long from, long to) {
        return episodes.stream()
                .filter(episode -> episode.arm().equals(CANDIDATE))
                .filter(episode -> episode.from() >= from && episode.from() <= to)
                .filter(episode -> !isShared(episode.rule(), episode.from()))
                .filter(episode ->
                        excuse(Optional.of(episode.rule()), episode.from()).isEmpty())
                .toList();
    }

    /// For how long in all, and at the longest, a rule had no data between two moments, in the arm where it
    /// was worse.
    Blindness blindness(String rule, long from, long to) {
        Blindness worst = new Blindness(0, 0);
        for (String arm : List.of(CANDIDATE, CONTROL)) {
            long total = 0;
            long longest = 0;
            for (var blind : trial.timed(Event.RuleBlind.class).toList()) {
                if (blind.event().arm().equals(arm) && blind.event().rule().equals(rule)) {
                    long span =
                            Math.min(blind.at(), to) - Math.max(blind.event().from(), from);
                    total += Math.max(0, span);
                    longest = Math.max(longest, span);
                }
            }
            worst = longest > worst.longest() ? new Blindness(total, longest) : worst;
        }
        return worst;
    }

    /// Nanoseconds without data.
    record Blindness(long total, long longest) {}

    Optional<StabilityRule> rule(String id) {
        return scenario.stability().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst();
    }
}
