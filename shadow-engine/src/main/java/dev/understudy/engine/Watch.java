package dev.understudy.engine;

import dev.understudy.analysis.rules.Breach;
import dev.understudy.analysis.rules.BreachWatch;
import dev.understudy.analysis.rules.Reading;
import dev.understudy.analysis.rules.RuleMeter;
import dev.understudy.deviation.MetricGate;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Target;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The stability rules while a trial goes on: every measurement of both arms goes in, readings come out,
/// and what changes
/// becomes an event. Thread-safe.
final class Watch implements MetricGate {
    private final int trial;
    private final RunLog log;
    private final Scenario scenario;
    private final BreachWatch breach;
    private final Map<ArmName, Map<String, RuleMeter>> meters = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Reading>> readings = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Double>> worst = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Set<String>>> withheld = new EnumMap<>(ArmName.class);

    Watch(int trial, RunLog log, Scenario scenario, long from) {
        this.trial = trial;
        this.log = log;
        this.scenario = scenario;
        this.breach = new BreachWatch(scenario.breach(), scenario.stability());
        for (ArmName arm : ArmName.values()) {
            Map<String, RuleMeter> ofArm = new LinkedHashMap<>();
            scenario.stability().forEach(rule -> ofArm.put(rule.id(), new RuleMeter(rule, from)));
            meters.put(arm, ofArm);
            readings.put(arm, new HashMap<>());
            withheld.put(arm, new HashMap<>());
            worst.put(arm, new HashMap<>());
        }
    }

    /// An exchange of the entry was to begin.
    synchronized void began(ArmName arm, long id, long intended) {
        rules(entry()).forEach(rule -> meter(arm, rule).began(id, intended));
    }

    /// An exchange of the entry was not sent after all.
    synchronized void forgotten(ArmName arm, long id) {
        rules(entry()).forEach(rule -> meter(arm, rule).forgotten(id));
    }

    /// An exchange of the entry ended.
    synchronized void ended(ArmName arm, Mirrored exchange, long endedAt, Answer answer) {
        rules(entry()).forEach(rule -> meter(arm, rule).ended(exchange.sequence(), endedAt, answer.isFailure()));
        breach.entryAnswered(arm, answer.status(), exchange.intended());
    }

    /// Something was measured on an inner link.
    synchronized void sampled(LinkSample sample) {
        if (!sample.link().from().equals(Link.OUTSIDE)) {
            rules(sample.link())
                    .forEach(rule -> meter(sample.arm(), rule)
                            .sample(sample.startNanos(), sample.endNanos(), sample.isFailure()));
        }
    }

    /// A process ended by itself.
    synchronized void exited(ArmName arm, String service, long at) {
        scenario.stability().stream()
                .filter(rule -> rule.metric() instanceof StabilityRule.Metric.ProcessExit)
                .filter(rule -> rule.target().toString().equals(service))
                .forEach(rule -> meter(arm, rule).exited(at));
    }

    /// Reads all rules in both arms, records what changed, and says whether the trigger fired.
    synchronized Optional<Breach> look() {
        long now = log.now();
        for (ArmName arm : ArmName.values()) {
            for (StabilityRule rule : scenario.stability()) {
                Reading reading = meter(arm, rule).read(now);
                Reading before = readingsOf(arm).put(rule.id(), reading);
                reading.value()
                        .ifPresent(
                                value -> Objects.requireNonNull(worst.get(arm)).merge(rule.id(), value, Math::max));
                tell(arm, rule, before, reading);
            }
        }
        return breach.look(now, readingsOf(ArmName.CANDIDATE), readingsOf(ArmName.CONTROL));
    }

    /// The rules that are broken in the candidate and not in the control.
    synchronized Set<String> brokenInCandidateOnly() {
        Set<String> broken = new TreeSet<>();
        readingsOf(ArmName.CANDIDATE).forEach((rule, reading) -> {
            Reading control = readingsOf(ArmName.CONTROL).get(rule);
            boolean controlBroken = control != null && control.state() == Reading.State.BROKEN;
            if (reading.state() == Reading.State.BROKEN && !controlBroken) {
                broken.add(rule);
            }
        });
        return broken;
    }

    private void tell(ArmName arm, StabilityRule rule, @org.jspecify.annotations.Nullable Reading before, Reading now) {
        Reading.State was = before == null ? Reading.State.FILLING : before.state();
        if (was == now.state()) {
            return;
        }
        if (now.state() == Reading.State.BROKEN) {
            log.record(new Event.RuleBroke(
                    trial,
                    arm.toString(),
                    rule.id(),
                    now.value().orElse(Double.NaN),
                    rule.max().value(),
                    now.firstBadAt()));
        } else if (was == Reading.State.BROKEN) {
            log.record(new Event.RuleHeals(trial, arm.toString(), rule.id()));
        }
        if (was == Reading.State.BLIND && before != null) {
            log.record(new Event.RuleBlind(trial, arm.toString(), rule.id(), before.blindSince()));
        }
    }

    /// The rollback begins: what the rules read until now is on record from here on.
    synchronized void summarise() {
        for (ArmName arm : ArmName.values()) {
            for (StabilityRule rule : scenario.stability()) {
                double value = Objects.requireNonNull(worst.get(arm)).getOrDefault(rule.id(), Double.NaN);
                log.record(new Event.RuleWatched(trial, arm.toString(), rule.id(), value));
            }
        }
    }

    /// Ends blind spans that are still open, so that they are on record.
    synchronized void close() {
        for (ArmName arm : ArmName.values()) {
            readingsOf(arm).forEach((rule, reading) -> {
                if (reading.state() == Reading.State.BLIND) {
                    log.record(new Event.RuleBlind(trial, arm.toString(), rule, reading.blindSince()));
                }
            });
            readingsOf(arm).clear();
        }
    }

    @Override
    public synchronized void withhold(ArmName arm, String rule, String id) {
        withheldOf(arm).computeIfAbsent(rule, _ -> new HashSet<>()).add(id);
        meter(arm, rule).withhold(true);
    }

    @Override
    public synchronized void release(ArmName arm, String rule, String id) {
        Set<String> ids = withheldOf(arm).getOrDefault(rule, new HashSet<>());
        ids.remove(id);
        if (ids.isEmpty()) {
            meter(arm, rule).withhold(false);
        }
    }

    @Override
    public synchronized Set<String> withheld(ArmName arm, String rule) {
        return Set.copyOf(withheldOf(arm).getOrDefault(rule, Set.of()));
    }

    private Link entry() {
        return Link.entering(scenario.topology().entry());
    }

    private java.util.List<StabilityRule> rules(Link link) {
        return scenario.stability().stream()
                .filter(rule -> !(rule.metric() instanceof StabilityRule.Metric.ProcessExit))
                .filter(rule -> switch (rule.target()) {
                    case Target.OfService of -> of.service().equals(link.to());
                    case Target.OfLink of -> of.link().equals(link);
                })
                .toList();
    }

    private RuleMeter meter(ArmName arm, StabilityRule rule) {
        return meter(arm, rule.id());
    }

    private RuleMeter meter(ArmName arm, String rule) {
        return Objects.requireNonNull(Objects.requireNonNull(meters.get(arm)).get(rule));
    }

    private Map<String, Reading> readingsOf(ArmName arm) {
        return Objects.requireNonNull(readings.get(arm));
    }

    private Map<String, Set<String>> withheldOf(ArmName arm) {
        return Objects.requireNonNull(withheld.get(arm));
    }
}
