package dev.understudy.engine;

import dev.understudy.analysis.data.Noise;
import dev.understudy.analysis.rules.Breach;
import dev.understudy.journal.Event;
import dev.understudy.rollback.RollbackPlan;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// One execution of change and rollback in a freshly reset shadow.
///
/// ```
///  start ─▶ baseline ─▶ change ─▶ watch ─▶ rollback ─▶ recovery ─▶ verify ─▶ reset
///           A/A: noise   candidate  breach   the plan    steady     data,
///           and spread   changes,   or drill             again      ledger, state
///                        control restarts
/// ```
final class Trial {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_BASELINE = Duration.ofSeconds(30);

    /// What a trial found: how long recovery took from the start of the rollback (empty: it didn't
    /// recover), how long each
    /// step took, from the first to the last step, and whether state and data were right.
    record Result(
            int trial, OptionalLong recovery, Map<String, Long> steps, long makespan, boolean sound, Known known) {}

    /// What other trials of the same shadow need not find out again: how the arms differ by themselves, and
    /// whether what is changed became healthy.
    record Known(Baseline baseline, boolean changeWasHealthy) {}

    private final int trial;
    private final Stagecraft craft;
    private final RollbackPlan plan;
    private final Optional<Known> known;
    private final Scenario scenario;
    private final RunLog log;
    private final Measurements measured;
    private final Monitor monitor;
    private final Driver driver;
    private final SchemaWatch schemas;
    private long settingUp;

    /// A trial for the verdict.
    Trial(int trial, Stagecraft craft, RollbackPlan plan) {
        this(trial, craft, plan, Optional.empty());
    }

    /// A trial that only measures, one of a pair. What the arms differ by is known from an earlier one, so it has
    /// no A/A phase; where it can, it begins with the change in place; the ledger is not read.
    Trial(int trial, Stagecraft craft, RollbackPlan plan, Known known) {
        this(trial, craft, plan, Optional.of(known));
    }

    private Trial(int trial, Stagecraft craft, RollbackPlan plan, Optional<Known> known) {
        this.trial = trial;
        this.craft = craft;
        this.plan = plan;
        this.known = known;
        this.scenario = craft.scenario();
        this.log = craft.log();
        OwnSeries own = new OwnSeries();
        this.measured = new Measurements(trial, log, scenario, own);
        this.monitor = new Monitor(trial, craft, own, measured);
        this.driver = new Driver(trial, log, craft.traffic(), craft.arms(), measured);
        this.schemas = new SchemaWatch(trial, craft);
    }

    Result run() {
        AtomicReference<OldVersions> old = new AtomicReference<>();
        Result result = rehearse(old);
        // what the first trial hasn't shown is looked for once, after everything it measures
        if (trial == 1 && known.isEmpty() && old.get() != null) {
            old.get().probe(Duration.ofNanos(settingUp));
        }
        return result;
    }

    private Result rehearse(AtomicReference<OldVersions> old) {
        try {
            Baseline baseline = known.isPresent() ? beginAgain(known.get().baseline()) : begin();
            OldVersions oldVersions = new OldVersions(trial, craft, schemas, baseline.releases());
            old.set(oldVersions);
            boolean healthy = startsChanged() || log.stage(trial, "change", this::change);
            Watch watch = measured.beginWatch(baseline.rules());
            try (Deviations deviations = new Deviations(trial, craft, watch, log.now())) {
                measured.tell(deviations::exchanged);
                log.stage(trial, "watch", () -> watch(watch, deviations, healthy));
                StepTimes steps = log.stage(trial, "rollback", () -> rollback(watch, baseline.releases(), oldVersions));
                OptionalLong recovered = log.stage(trial, "recovery", () -> recovery(watch, baseline.p50Spread()));
                watch.close();
                deviations.end();
                monitor.stop();
                monitor.record();
                boolean sound = log.stage(trial, "verify", () -> verify(baseline, oldVersions));
                OptionalLong recovery = recovered.isPresent()
                        ? OptionalLong.of(Math.max(0, recovered.getAsLong() - steps.began()))
                        : OptionalLong.empty();
                return new Result(
                        trial,
                        recovery,
                        steps.times(),
                        steps.makespan(),
                        sound && steps.allSucceeded(),
                        new Known(baseline.forAnotherTrial(), healthy));
            }
        } finally {
            monitor.abandon();
            driver.stop();
            measured.stop();
            craft.wiring().timeline().shielded(() -> log.stage(trial, "reset", craft.shadow()::reset));
        }
    }

    private Baseline begin() {
        long began = log.now();
        log.stage(trial, "start", this::start);
        settingUp += log.now() - began;
        driver.start();
        return log.stage(trial, "baseline", this::baseline);
    }

    private Baseline beginAgain(Baseline baseline) {
        if (startsChanged()) {
            new ChangeStage(trial, craft).prepare();
        }
        log.stage(trial, "start", this::start);
        driver.start();
        if (startsChanged()) {
            log.stage(
                    trial, "warm", () -> log.timeline().sleep(scenario.steady().lasting()));
        }
        schemas.before();
        return baseline;
    }

    private boolean startsChanged() {
        return known.filter(Known::changeWasHealthy).isPresent() && ChangeStage.canBePrepared(scenario);
    }

    private void start() {
        craft.arms().values().forEach(arm -> arm.observe(measured.of(arm.name())));
        long began = log.now();
        craft.shadow().start();
        for (Arm arm : craft.arms().values()) {
            log.record(new Event.ArmReady(trial, arm.name().toString(), log.now() - began));
            for (InstanceState instance : arm.instances()) {
                log.record(new Event.Runs(
                        trial,
                        arm.name().toString(),
                        instance.service(),
                        instance.index(),
                        instance.release().version(),
                        instance.digest()));
            }
        }
        measured.sampleResources(craft.arms().values());
        monitor.begin();
    }

    private Baseline baseline() {
        List<InstanceState> instances = craft.candidate().instances();
        long began = log.now();
        measured.beginBaseline();
        log.timeline().sleep(scenario.steady().lasting().multipliedBy(2));
        long wanted = scenario.traffic().floor().exchanges();
        log.timeline()
                .await(
                        () -> driver.done() >= wanted || craft.traffic().endsBefore(driver.position()),
                        began + LONGEST_BASELINE.toNanos());
        Map<ArmName, Map<String, Double>> rules = measured.baselineValues();
        driver.quiesce();
        Map<String, Noise> noise = new Verification(trial, craft, driver).learnNoise();
        schemas.before();
        Baseline baseline = Baseline.of(instances, noise, measured.baselineSpread(), rules);
        driver.resume();
        return baseline;
    }

    /// What was asked while instances were down waits for them, and the arms are never down at quite the same
    /// time: the rules begin to watch when that has been answered, at most a steady period later.
    private boolean change() {
        long began = log.now();
        boolean healthy = new ChangeStage(trial, craft).ship(schemas::shipped);
        schemas.changed();
        settingUp += log.now() - began;
        if (healthy) {
            driver.catchUp(log.now() + scenario.steady().lasting().toNanos());
        }
        return healthy;
    }

    private boolean watch(Watch watch, Deviations deviations, boolean healthy) {
        log.record(new Event.WatchBegan(trial));
        if (!healthy) {
            log.record(new Event.Breached(
                    trial,
                    List.of("health"),
                    log.now(),
                    false,
                    false,
                    "a changed service did not become healthy in time"));
            return startRollback(watch, deviations, false);
        }
        deviations.begin();
        long deadline = log.now() + scenario.breach().within().toNanos();
        while (log.now() < deadline) {
            Optional<Breach> breach = watch.look();
            if (breach.isPresent()) {
                boolean innocent = deviations.active().stream().anyMatch(Trial::isOneSided);
                log.record(new Event.Breached(
                        trial,
                        breach.get().rules(),
                        breach.get().firstBadAt(),
                        breach.get().shared(),
                        innocent,
                        breach.get().reason()));
                return startRollback(watch, deviations, false);
            }
            log.timeline().sleep(LOOK);
        }
        return startRollback(watch, deviations, true);
    }

    private boolean startRollback(Watch watch, Deviations deviations, boolean drill) {
        watch.summarise();
        log.record(new Event.RollbackBegan(trial, drill, plan.name(), plan.order()));
        deviations.breachHappened();
        return drill;
    }

    private static boolean isOneSided(DeviationSpec spec) {
        return spec.on() == DeviationSpec.Scope.CANDIDATE || spec.target() instanceof DeviationSpec.Target.OnRule;
    }

    private StepTimes rollback(Watch watch, Map<String, Release> before, OldVersions old) {
        StepTimes times = new StepTimes(log.now());
        StepRunner runner = new StepRunner(
                trial,
                log,
                craft.candidate(),
                before,
                craft.files(),
                times,
                old,
                service -> watch.replacing(ArmName.CANDIDATE, service));
        Prober prober = new Prober(trial, craft, driver);
        AtomicBoolean done = new AtomicBoolean();
        log.timeline().fork("rules", () -> {
            while (!done.get()) {
                watch.look();
                log.timeline().sleep(LOOK);
            }
            return true;
        });
        try {
            boolean all = new RollbackRun(log, runner, scenario.rollback(), plan).run(trial);
            times.finish(log.now(), all);
        } finally {
            done.set(true);
            prober.stop();
        }
        return times;
    }

    private OptionalLong recovery(Watch watch, double p50Spread) {
        Recovery recovery = measured.beginRecovery(p50Spread, log.now());
        long deadline = log.now() + scenario.steady().within().toNanos();
        while (log.now() < deadline) {
            watch.look();
            OptionalLong since = recovery.look(log.now(), allHealthy(), watch.brokenInCandidateOnly());
            if (since.isPresent()) {
                log.record(new Event.Recovery(trial, true, since.getAsLong(), ""));
                return since;
            }
            log.timeline().sleep(LOOK);
        }
        log.record(new Event.Recovery(trial, false, 0, recovery.missing()));
        return OptionalLong.empty();
    }

    private boolean allHealthy() {
        return craft.candidate().instances().stream().allMatch(InstanceState::healthy);
    }

    private boolean verify(Baseline baseline, OldVersions old) {
        driver.quiesce();
        schemas.rolledBack();
        old.noteSeen();
        boolean sound = new Verification(trial, craft, driver).verify(baseline, known.isEmpty(), schemas.judgedApart());
        driver.stop();
        return sound;
    }
}
