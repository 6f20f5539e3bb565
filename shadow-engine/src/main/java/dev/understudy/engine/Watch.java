package dev.understudy.engine;

import dev.understudy.analysis.rules.Breach;
import dev.understudy.analysis.rules.BreachWatch;
import dev.understudy.analysis.rules.Meter;
import dev.understudy.analysis.rules.Reading;
import dev.understudy.analysis.rules.RuleMeter;
import dev.understudy.analysis.rules.SampleMeter;
import dev.understudy.deviation.MetricGate;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.Resource;
import dev.understudy.scenario.StabilityRule.Target;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The stability rules while a trial goes on: every measurement of both arms goes in, readings come out,
/// and what changes becomes an event. Thread-safe.
final class Watch implements MetricGate {
    private static final List<ArmName> CONTROL_FIRST = List.of(ArmName.CONTROL, ArmName.CANDIDATE);

    private final int trial;
    private final RunLog log;
    private final Scenario scenario;
    private final BreachWatch breach;
    private final List<StabilityRule> rules;
    private final Map<ArmName, Map<String, Double>> baseline;
    private final Map<ArmName, Map<String, Meter>> meters = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Reading>> readings = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Double>> worst = new EnumMap<>(ArmName.class);
    private final Map<ArmName, Map<String, Set<String>>> withheld = new EnumMap<>(ArmName.class);
    private final Map<ArmName, RestartCount> restarts = new EnumMap<>(ArmName.class);
    private final Map<String, Long> lastUse = new HashMap<>();

    /// @param rules those that are watched
    /// @param baseline what rules read in the baseline, by arm and rule
    Watch(
            int trial,
            RunLog log,
            Scenario scenario,
            List<StabilityRule> rules,
            Map<ArmName, Map<String, Double>> baseline,
            long from) {
        this.trial = trial;
        this.log = log;
        this.scenario = scenario;
        this.rules = List.copyOf(rules);
        this.baseline = baseline;
        this.breach = new BreachWatch(scenario.breach(), rules);
        for (ArmName arm : ArmName.values()) {
            Map<String, Meter> ofArm = new LinkedHashMap<>();
            rules.forEach(rule -> ofArm.put(
                    rule.id(),
                    RuleMeter.meters(rule.metric()) ? new RuleMeter(rule, from) : new SampleMeter(rule, from)));
            meters.put(arm, ofArm);
            readings.put(arm, new HashMap<>());
            withheld.put(arm, new HashMap<>());
            worst.put(arm, new HashMap<>());
        }
    }

    /// An exchange of the entry was to begin.
    synchronized void began(ArmName arm, long id, long intended) {
        rules(entry()).forEach(rule -> exchanges(arm, rule).began(id, intended));
    }

    /// An exchange of the entry was not sent after all.
    synchronized void forgotten(ArmName arm, long id) {
        rules(entry()).forEach(rule -> exchanges(arm, rule).forgotten(id));
    }

    /// An exchange of the entry ended.
    synchronized void ended(ArmName arm, Mirrored exchange, long endedAt, Answer answer) {
        rules(entry())
                .forEach(rule -> exchanges(arm, rule)
                        .ended(exchange.sequence(), endedAt, isBad(rule, answer.status(), answer.isFailure())));
        breach.entryAnswered(arm, answer.status(), exchange.intended());
    }

    /// Something was measured on an inner link.
    synchronized void sampled(LinkSample sample) {
        if (!sample.link().from().equals(Link.OUTSIDE)) {
            rules(sample.link())
                    .forEach(rule -> exchanges(sample.arm(), rule)
                            .sample(
                                    sample.startNanos(),
                                    sample.endNanos(),
                                    isBad(rule, sample.status(), sample.isFailure())));
        }
    }

    private static boolean isBad(StabilityRule rule, int status, boolean failure) {
        return rule.metric() instanceof Metric.Status(int from, int to) ? from <= status && status <= to : failure;
    }

    /// A rule's source was asked and said something.
    synchronized void took(ArmName arm, String rule, long at, double value) {
        if (Objects.requireNonNull(meters.get(arm)).get(rule) instanceof SampleMeter meter) {
            meter.add(at, value);
        }
    }

    /// What runs in an arm.
    synchronized void runs(ArmName arm, List<Arm.ResourceUse> uses) {
        restarts(arm).look(uses);
    }

    private RestartCount restarts(ArmName arm) {
        return restarts.computeIfAbsent(arm, _ -> new RestartCount());
    }

    /// A step begins to replace the instances of a service, which is no restart of theirs, until what is returned
    /// is run.
    synchronized Runnable replacing(ArmName arm, String service) {
        restarts(arm).replacing(service);
        return () -> replaced(arm, service);
    }

    private synchronized void replaced(ArmName arm, String service) {
        restarts(arm).replaced(service);
    }

    /// What the services of an arm use now.
    synchronized void used(ArmName arm, long at, List<Arm.ResourceUse> uses, ServiceUse services) {
        runs(arm, uses);
        services.figures().forEach((resource, figures) -> used(arm, resource, at, figures));
        used(arm, Resource.RESTARTS, at, restarts(arm).restarts());
    }

    private void used(ArmName arm, Resource resource, long at, Map<String, Double> figures) {
        for (StabilityRule rule : rules) {
            Double figure = figures.get(rule.target().toString());
            if (figure != null && rule.metric().equals(new Metric.Use(resource)) && isDue(arm, rule, at)) {
                took(arm, rule.id(), at, figure);
            }
        }
    }

    // processes are measured once a second; who wants less gets less
    private boolean isDue(ArmName arm, StabilityRule rule, long at) {
        long every = rule.sampling().every().toNanos();
        Long last = lastUse.get(arm + rule.id());
        boolean due = last == null || at - last >= every - every / 10;
        if (due) {
            lastUse.put(arm + rule.id(), at);
        }
        return due;
    }

    /// A process ended by itself.
    synchronized void exited(ArmName arm, String service, long at) {
        rules.stream()
                .filter(rule -> rule.metric() instanceof Metric.ProcessExit)
                .filter(rule -> rule.target().toString().equals(service))
                .forEach(rule -> exchanges(arm, rule).exited(at));
    }

    /// Reads all rules in both arms, records what changed, and says whether the trigger fired.
    synchronized Optional<Breach> look() {
        long now = log.now();
        for (ArmName arm : CONTROL_FIRST) {
            for (StabilityRule rule : rules) {
                OptionalDouble limit = limit(arm, rule);
                Reading reading = meter(arm, rule.id()).read(now, limit);
                Reading before = readingsOf(arm).put(rule.id(), reading);
                reading.value()
                        .ifPresent(value ->
                                Objects.requireNonNull(worst.get(arm)).merge(rule.id(), value, rule.bound()::worse));
                tell(arm, rule, before, reading, limit);
            }
        }
        return breach.look(now, readingsOf(ArmName.CANDIDATE), readingsOf(ArmName.CONTROL));
    }

    /// The limit of a rule in an arm now. The control can't break a limit that is a multiple of itself.
    private OptionalDouble limit(ArmName arm, StabilityRule rule) {
        Bound bound = rule.bound();
        if (bound.isAgainst(Bound.Against.BASELINE)) {
            Double then = baseline.getOrDefault(arm, Map.of()).get(rule.id());
            return bound.limit(then == null ? OptionalDouble.empty() : OptionalDouble.of(then));
        }
        if (bound.isAgainst(Bound.Against.CONTROL) && arm == ArmName.CONTROL) {
            return OptionalDouble.of(bound.unreachable());
        }
        Reading control = readingsOf(ArmName.CONTROL).get(rule.id());
        return bound.limit(control == null ? OptionalDouble.empty() : control.value());
    }

    /// What the rules read until now, by arm and rule; absent without data.
    synchronized Map<ArmName, Map<String, Double>> values() {
        Map<ArmName, Map<String, Double>> values = new EnumMap<>(ArmName.class);
        long now = log.now();
        for (ArmName arm : CONTROL_FIRST) {
            Map<String, Double> ofArm = new HashMap<>();
            for (StabilityRule rule : rules) {
                meter(arm, rule.id())
                        .read(now, OptionalDouble.of(rule.bound().unreachable()))
                        .value()
                        .ifPresent(value -> ofArm.put(rule.id(), value));
            }
            values.put(arm, ofArm);
        }
        return values;
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

    private void tell(ArmName arm, StabilityRule rule, @Nullable Reading before, Reading now, OptionalDouble limit) {
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
                    limit.orElse(Double.NaN),
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
            for (StabilityRule rule : rules) {
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

    private List<StabilityRule> rules(Link link) {
        return rules.stream()
                .filter(rule -> RuleMeter.meters(rule.metric()) && !(rule.metric() instanceof Metric.ProcessExit))
                .filter(rule -> switch (rule.target()) {
                    case Target.OfService of -> of.service().equals(link.to());
                    case Target.OfLink of -> of.link().equals(link);
                    case Target.OfArm _ -> false;
                })
                .toList();
    }

    private RuleMeter exchanges(ArmName arm, StabilityRule rule) {
        return (RuleMeter) meter(arm, rule.id());
    }

    private Meter meter(ArmName arm, String rule) {
        return Objects.requireNonNull(Objects.requireNonNull(meters.get(arm)).get(rule));
    }

    private Map<String, Reading> readingsOf(ArmName arm) {
        return Objects.requireNonNull(readings.get(arm));
    }

    private Map<String, Set<String>> withheldOf(ArmName arm) {
        return Objects.requireNonNull(withheld.get(arm));
    }
}
