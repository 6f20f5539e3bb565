package dev.understudy.analysis.rules;

import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns readings into a breach, as the policy of the scenario wants it. The control shares a breach if,
/// for every rule behind it, it is broken now or was within the rule's trailing window. Not thread-safe.
public final class BreachWatch {
    private final Trigger trigger;
    private final List<StabilityRule> rules;
    private final Map<String, Long> controlBrokenAt = new HashMap<>();
    private final Map<ArmName, Map<Trigger.Code, Codes>> codes = new EnumMap<>(ArmName.class);

    public BreachWatch(BreachPolicy policy, List<StabilityRule> rules) {
        trigger = policy.trigger();
        this.rules = List.copyOf(rules);
    }

    /// The entry of an arm answered. @param at when the exchange was meant to begin
    public void entryAnswered(ArmName arm, int status, long at) {
        count(trigger, arm, status, at);
    }

    private void count(Trigger part, ArmName arm, int status, long at) {
        if (part instanceof Trigger.Code code && code.counts(status)) {
            codes.computeIfAbsent(arm, _ -> new HashMap<>()).computeIfAbsent(code, _ -> new Codes(at)).count++;
        } else if (part instanceof Trigger.Of of) {
            of.parts().forEach(inner -> count(inner, arm, status, at));
        }
    }

    /// The breach there is now, by rule id what each rule reads in each arm. Rules without a reading hold.
    public Optional<Breach> look(long now, Map<String, Reading> candidate, Map<String, Reading> control) {
        control.forEach((rule, reading) -> {
            if (reading.isBroken()) {
                controlBrokenAt.put(rule, now);
            }
        });
        return switch (trigger) {
            case Trigger.Any _ -> byRules(now, candidate, control, 1);
            case Trigger.AtLeast least -> byRules(now, candidate, control, least.rules());
            case Trigger.Code code -> byCode(code);
            case Trigger.Rule _, Trigger.Of _ -> new CompositeBreach(now, candidate, control).of(trigger);
        };
    }

    /// Whether a trigger of several parts fires: each part that holds tells which rules, and which answers, are
    /// behind it.
    private final class CompositeBreach {
        private final long now;
        private final Map<String, Reading> candidate;
        private final Map<String, Reading> control;

        private CompositeBreach(long now, Map<String, Reading> candidate, Map<String, Reading> control) {
            this.now = now;
            this.candidate = candidate;
            this.control = control;
        }

        private Optional<Breach> of(Trigger part) {
            return switch (part) {
                case Trigger.Any _ -> byRules(now, candidate, control, 1);
                case Trigger.AtLeast least -> byRules(now, candidate, control, least.rules());
                case Trigger.Code code -> byCode(code).map(breach -> named(code, breach));
                case Trigger.Rule(String id) ->
                    breach(
                            rules.stream()
                                    .filter(rule -> rule.id().equals(id))
                                    .filter(rule -> reads(candidate, rule).isBroken())
                                    .toList(),
                            now,
                            candidate,
                            control);
                case Trigger.Of some -> some(some);
            };
        }

        // without a name the answers behind a breach would be forgotten beside rules that the control shares
        private static Breach named(Trigger.Code code, Breach breach) {
            return new Breach(
                    List.of("answers-" + code.shown()), breach.firstBadAt(), breach.shared(), breach.reason());
        }

        private Optional<Breach> some(Trigger.Of some) {
            List<Breach> holding =
                    some.parts().stream().flatMap(part -> of(part).stream()).toList();
            if (holding.size() < some.wanted()) {
                return Optional.empty();
            }
            return Optional.of(new Breach(
                    holding.stream()
                            .flatMap(breach -> breach.rules().stream())
                            .distinct()
                            .toList(),
                    holding.stream().mapToLong(Breach::firstBadAt).min().orElse(now),
                    holding.stream().allMatch(Breach::shared),
                    holding.stream().map(Breach::reason).distinct().collect(Collectors.joining("; "))));
        }
    }

    private Optional<Breach> byRules(
            long now, Map<String, Reading> candidate, Map<String, Reading> control, int wanted) {
        List<StabilityRule> broken =
                rules.stream().filter(rule -> reads(candidate, rule).isBroken()).toList();
        return broken.size() < wanted ? Optional.empty() : breach(broken, now, candidate, control);
    }

    private Optional<Breach> breach(
            List<StabilityRule> broken, long now, Map<String, Reading> candidate, Map<String, Reading> control) {
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        long firstBadAt = broken.stream()
                .mapToLong(rule -> reads(candidate, rule).firstBadAt())
                .min()
                .orElse(now);
        boolean shared = broken.stream().allMatch(rule -> controlShares(rule, now));
        StabilityRule first = broken.getFirst();
        String reason = sentence(first, reads(candidate, first), reads(control, first));
        return Optional.of(new Breach(broken.stream().map(StabilityRule::id).toList(), firstBadAt, shared, reason));
    }

    private boolean controlShares(StabilityRule rule, long now) {
        Long brokenAt = controlBrokenAt.get(rule.id());
        return brokenAt != null && now - brokenAt <= rule.lasting().toNanos();
    }

    private Optional<Breach> byCode(Trigger.Code wanted) {
        Codes candidate = codes.getOrDefault(ArmName.CANDIDATE, Map.of()).get(wanted);
        if (candidate == null || candidate.count < wanted.count()) {
            return Optional.empty();
        }
        Codes control = codes.getOrDefault(ArmName.CONTROL, Map.of()).get(wanted);
        long inControl = control == null ? 0 : control.count;
        String reason = "the entry answered " + wanted.shown() + " " + candidate.count + " times, the control "
                + inControl + " times";
        return Optional.of(new Breach(List.of(), candidate.firstAt, inControl >= wanted.count(), reason));
    }

    private static String sentence(StabilityRule rule, Reading candidate, Reading control) {
        return "rule " + rule.id() + ": " + rule.metric() + " of " + rule.target() + " is "
                + Values.text(rule.metric(), candidate.value()) + ", limit "
                + rule.bound().text() + " (control "
                + Values.text(rule.metric(), control.value()) + ")";
    }

    private static Reading reads(Map<String, Reading> readings, StabilityRule rule) {
        Reading reading = readings.get(rule.id());
        return reading == null ? new Reading(Reading.State.HOLDS, java.util.OptionalDouble.empty(), 0, 0) : reading;
    }

    private static final class Codes {
        private final long firstAt;
        private long count;

        private Codes(long firstAt) {
            this.firstAt = firstAt;
        }
    }
}
