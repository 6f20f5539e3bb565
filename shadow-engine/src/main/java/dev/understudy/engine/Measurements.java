package dev.understudy.engine;

import dev.understudy.analysis.rules.P50Spread;
import dev.understudy.analysis.rules.Timing;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that is measured during a trial comes in here and goes on to the journal, to the rules and to
/// whoever waits for
/// recovery. Thread-safe; called on data paths.
final class Measurements implements Driver.Audience {
    private final int trial;
    private final RunLog log;
    private final Scenario scenario;
    private final Map<ArmName, List<Timing>> baseline = new EnumMap<>(ArmName.class);
    private final String entryLink;
    private volatile @Nullable Watch watch;
    private volatile @Nullable Recovery recovery;
    private volatile Consumer<LinkSample> onward = sample -> {};
    private volatile boolean inBaseline = true;
    private volatile boolean stopped;

    Measurements(int trial, RunLog log, Scenario scenario) {
        this.trial = trial;
        this.log = log;
        this.scenario = scenario;
        for (ArmName arm : ArmName.values()) {
            baseline.put(arm, new ArrayList<>());
        }
        this.entryLink = Link.entering(scenario.topology().entry()).toString();
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
                Watch now = watch;
                if (now != null) {
                    now.exited(arm, service, atNanos);
                }
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
        Watch now = watch;
        if (now != null) {
            now.sampled(sample);
        }
    }

    @Override
    public void began(ArmName arm, Mirrored exchange) {
        Watch now = watch;
        if (now != null) {
            now.began(arm, exchange.sequence(), exchange.intended());
        }
    }

    @Override
    public void forgotten(ArmName arm, Mirrored exchange) {
        Watch now = watch;
        if (now != null) {
            now.forgotten(arm, exchange.sequence());
        }
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
        Watch watching = watch;
        if (watching != null) {
            watching.ended(arm, exchange, ended, answer);
        }
        Recovery recovering = recovery;
        if (recovering != null) {
            recovering.ended(arm, exchange, ended, answer.isFailure());
        }
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

    /// The rules begin to watch now.
    Watch beginWatch() {
        Watch begun = new Watch(trial, log, scenario, log.now());
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
        new Profiler(trial, log).sample(arms, () -> stopped);
    }

    void stop() {
        stopped = true;
    }
}
