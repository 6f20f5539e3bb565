package dev.understudy.engine;

import dev.understudy.analysis.rules.P50Spread;
import dev.understudy.analysis.rules.Timing;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is measured during a trial comes in here and goes on to the journal, to the rules and to
/// whoever waits for recovery. Thread-safe; called on data paths.
final class Measurements implements Driver.Audience {
    private static final Duration LONGEST_BASELINE = Duration.ofHours(1);

    private final int trial;
    private final RunLog log;
    private final Scenario scenario;
    private final Map<ArmName, List<Timing>> baseline = new EnumMap<>(ArmName.class);
    private final Link entry;
    private final String entryLink;
    private volatile @Nullable Watch watch;
    private volatile @Nullable Watch learning;
    private volatile @Nullable Recovery recovery;
    private final OwnSeries own;
    private volatile Consumer<LinkSample> onward = sample -> {};
    private volatile boolean inBaseline = true;
    private volatile List<Arm> sampled = List.of();
    private volatile boolean stopped;

    /// @param own is told too, for expressions over what links and processes measure
    Measurements(int trial, RunLog log, Scenario scenario, OwnSeries own) {
        this.own = own;
        this.trial = trial;
        this.log = log;
        this.scenario = scenario;
        for (ArmName arm : ArmName.values()) {
            baseline.put(arm, new ArrayList<>());
        }
        this.entry = Link.entering(scenario.topology().entry());
        this.entryLink = entry.toString();
    }

    /// The observer of one arm's own measurements.
    Arm.Observer of(ArmName arm) {
        return new Arm.Observer() {
            @Override
            public void exchanged(LinkSample sample) {
                linked(sample);
            }

            @Override
            public void exited(String service, int index, long atNanos, int exitCode) {
                if (!stopped) {
                    log.record(new Event.InstanceExited(trial, arm.toString(), service, index, exitCode));
                }
                own.exited(arm, service);
                watches().forEach(now -> now.exited(arm, service, atNanos));
            }
        };
    }

    private void linked(LinkSample sample) {
        if (stopped || sample.link().from().equals(Link.OUTSIDE)) {
            return;
        }
        log.recorder()
                .link(
                        trial,
                        sample.arm().toString(),
                        sample.link().toString(),
                        sample.endNanos(),
                        sample.endNanos() - sample.startNanos(),
                        sample.isFailure());
        onward.accept(sample);
        own.exchanged(
                sample.arm(),
                sample.link(),
                sample.status(),
                sample.isFailure(),
                sample.endNanos() - sample.startNanos());
        watches().forEach(now -> now.sampled(sample));
    }

    @Override
    public void began(ArmName arm, Mirrored exchange) {
        watches().forEach(now -> now.began(arm, exchange.sequence(), exchange.intended()));
    }

    @Override
    public void forgotten(ArmName arm, Mirrored exchange) {
        watches().forEach(now -> now.forgotten(arm, exchange.sequence()));
    }

    @Override
    public void ended(ArmName arm, Mirrored exchange, long ended, Answer answer) {
        long intended = exchange.intended();
        log.recorder().link(trial, arm.toString(), entryLink, ended, ended - intended, answer.isFailure());
        if (inBaseline) {
            synchronized (baseline) {
                Objects.requireNonNull(baseline.get(arm)).add(Timing.of(intended, ended, answer.isFailure()));
            }
        }
        own.exchanged(arm, entry, answer.status(), answer.isFailure(), ended - intended);
        watches().forEach(now -> now.ended(arm, exchange, ended, answer));
        Recovery recovering = recovery;
        if (recovering != null) {
            recovering.ended(arm, exchange, ended, answer.isFailure());
        }
    }

    /// Whether any rule looks now.
    boolean isWatched() {
        return watches().findAny().isPresent();
    }

    private Stream<Watch> watches() {
        return Stream.concat(Stream.ofNullable(learning), Stream.ofNullable(watch));
    }

    /// The source of a rule was asked and said something.
    void took(ArmName arm, String rule, long at, double value) {
        watches().forEach(now -> now.took(arm, rule, at, value));
    }

    /// The baseline begins: what rules read in it is learnt, for those that compare with it.
    void beginBaseline() {
        List<StabilityRule> compared = scenario.stability().stream()
                .filter(rule -> rule.bound().isAgainst(Bound.Against.BASELINE))
                .map(Measurements::overAll)
                .toList();
        learning = aware(new Watch(trial, log, scenario, compared, Map.of(), log.now()));
    }

    private static StabilityRule overAll(StabilityRule rule) {
        StabilityRule.Sampling sampling = rule.sampling();
        return new StabilityRule(
                rule.id(),
                rule.place(),
                rule.metric(),
                rule.target(),
                rule.bound(),
                LONGEST_BASELINE,
                rule.minRequests(),
                new StabilityRule.Sampling(sampling.every(), sampling.noData(), Optional.empty()));
    }

    /// What the rules that compare with the baseline read in it, by arm and rule.
    Map<ArmName, Map<String, Double>> baselineValues() {
        Watch learnt = learning;
        learning = null;
        return learnt == null ? Map.of() : learnt.values();
    }

    /// Inner links' samples also go to `told` from now on.
    void tell(Consumer<LinkSample> told) {
        onward = told;
    }

    /// Ends the A/A phase. By what share the arms' medians differed in it.
    double baselineSpread() {
        inBaseline = false;
        synchronized (baseline) {
            return P50Spread.of(
                    Objects.requireNonNull(baseline.get(ArmName.CONTROL)),
                    Objects.requireNonNull(baseline.get(ArmName.CANDIDATE)),
                    scenario.steady().lasting());
        }
    }

    /// The rules begin to watch now. @param baseline what those that compare with it read in it
    Watch beginWatch(Map<ArmName, Map<String, Double>> baseline) {
        Watch begun = aware(new Watch(trial, log, scenario, scenario.stability(), baseline, log.now()));
        watch = begun;
        return begun;
    }

    /// Recovery counts from `from`. @param p50Spread by what share the arms' medians differ by themselves
    Recovery beginRecovery(double p50Spread, long from) {
        Recovery begun = new Recovery(scenario, p50Spread, from);
        recovery = begun;
        return begun;
    }

    /// Measures what every process uses, once a second, until [#stop].
    void sampleResources(Collection<Arm> arms) {
        sampled = List.copyOf(arms);
        new Profiler(trial, log, this::used).sample(arms, () -> stopped);
    }

    private void used(
            ArmName arm, long at, List<Arm.ResourceUse> uses, List<Arm.LinkBytes> links, ServiceUse services) {
        own.used(arm, uses, links);
        watches().forEach(now -> now.used(arm, at, uses, services));
    }

    /// What runs when rules begin to watch has not been restarted.
    private Watch aware(Watch begun) {
        sampled.forEach(arm -> begun.runs(arm.name(), arm.resources()));
        return begun;
    }

    void stop() {
        stopped = true;
    }
}
