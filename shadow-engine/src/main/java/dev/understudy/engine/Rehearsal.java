package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.rollback.RollbackPlan;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.Traffic;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// One rehearsal, from live to the removal of its shadow. What happens is in the journal and nowhere else.
///
/// 1. *discover*: look at live, record where it differs from its files; begin to listen to its traffic.
/// 2. *clone*: copy it into two arms at one instant.
/// 3. *probe*: try to get out of each arm; one success ends the run.
/// 4. A [Trial]: start, baseline, change, watch, rollback, recovery, verify, reset. Repeated `trials` times.
/// 5. *optimize*: propose a better order and run it against the present one in alternating pairs.
/// 6. *dispose*: remove the shadow, whatever happened.
///
/// From 4 on a [LiveGuard] watches live; if live suffers, it goes on with 6 at once.
///
/// An instance runs once. Not thread-safe; it uses threads of its timeline.
public final class Rehearsal {
    private final Scenario scenario;
    private final Wiring wiring;
    private final RunLog log;

    /// How a rehearsal is to be run: how many full trials, and whether to look for a better order.
    public record Options(int trials, boolean optimize) {
        public Options {
            if (trials < 1) {
                throw new IllegalArgumentException("trials must be at least 1, not " + trials);
            }
        }
    }

    public Rehearsal(Scenario scenario, Wiring wiring) {
        this.scenario = scenario;
        this.wiring = wiring;
        this.log = new RunLog(wiring.timeline(), wiring.recorder());
    }

    /// Runs it; returns what is left of the shadow, one line each, usually nothing.
    /// @throws EnvironmentException if the place does not allow it; the shadow is gone then too
    /// @throws dev.understudy.runtime.Timeline.Interruption if it was interrupted; likewise
    public List<String> run(Options options) {
        requireCapabilities();
        try (Live live = Discovery.of(scenario, wiring.runtime(), log);
                TrafficSource traffic = wiring.traffic().apply(scenario)) {
            LiveGuard guard = new LiveGuard(log, live, traffic, scenario);
            return inShadow(live, traffic, guard, (shadow, sample) -> rehearse(shadow, sample, options));
        }
    }

    /// Brings the shadow up and holds it, without change, deviation or judgement, until the timeline is
    /// interrupted or live suffers; then removes it. What the scenario's source delivers goes to both arms.
    ///
    /// @param up is handed the shadow once all its services are healthy
    /// @return what is left of it, as for [#run]
    /// @throws EnvironmentException if the place does not allow it; the shadow is gone then too
    /// @throws dev.understudy.runtime.Timeline.Interruption if it was interrupted before it was up; likewise
    public List<String> hold(Consumer<Shadow> up) {
        requireCapabilities();
        try (Live live = Discovery.of(scenario, wiring.runtime(), log);
                TrafficSource traffic = wiring.traffic().apply(scenario)) {
            LiveGuard guard = new LiveGuard(log, live, traffic, scenario);
            return inShadow(live, traffic, guard, (shadow, sample) -> new Holding(log, shadow, sample).stay(up));
        }
    }

    private List<String> inShadow(
            Live live, TrafficSource source, LiveGuard guard, BiConsumer<Shadow, TrafficLog> stay) {
        Shadow shadow = log.stage(
                0,
                "clone",
                () -> wiring.runtime()
                        .clone(new ShadowRequest(wiring.runId(), live, scenario, wiring.timeline(), log)));
        List<String> left = List.of();
        try {
            recordCopies(shadow);
            log.stage(0, "probe", () -> probe(shadow));
            boolean recorded = !(scenario.traffic().from() instanceof Traffic.Source.Mirror);
            Shadow.Copied copied = shadow.copied();
            TrafficLog traffic = recorded
                    ? new TrafficLog(source, 0, 0)
                    : new TrafficLog(source, copied.sureInMillis() * 1_000_000, copied.sureOutMillis() * 1_000_000);
            Pump pump = new Pump(log, traffic);
            try {
                guard.watch();
                stay.accept(shadow, traffic);
            } finally {
                pump.stop();
                guard.close();
            }
            wiring.sample().accept(traffic.used());
        } catch (RuntimeException e) {
            if (!guard.hasStopped()) {
                throw e;
            }
        } finally {
            left = dispose(shadow);
        }
        return left;
    }

    private void recordCopies(Shadow shadow) {
        Map<String, Long> paused = new java.util.TreeMap<>();
        shadow.copied().paused().forEach((service, pause) -> paused.put(service, pause.toNanos()));
        log.record(new Event.Cloned(
                shadow.copied().frozenAt(),
                new java.util.TreeMap<>(shadow.copied().bytes()),
                paused));
    }

    private void probe(Shadow shadow) {
        List<Shadow.Probe> probes = shadow.probe();
        probes.forEach(probe ->
                log.record(new Event.Probed(probe.arm().toString(), probe.attempt(), probe.held(), probe.evidence())));
        List<Shadow.Probe> leaks =
                probes.stream().filter(probe -> !probe.held()).toList();
        if (!leaks.isEmpty() && scenario.shadow().isolation() == ShadowSpec.Isolation.ENFORCED) {
            Shadow.Probe leak = leaks.getFirst();
            throw new EnvironmentException(
                    "the " + leak.arm() + " arm is not shut in: " + leak.attempt() + " succeeded (" + leak.evidence()
                            + "); " + leaks.size() + " of " + probes.size() + " probes got out. Nothing was started.");
        }
    }

    private void rehearse(Shadow shadow, TrafficLog traffic, Options options) {
        Map<ArmName, Arm> arms = new EnumMap<>(ArmName.class);
        for (ArmName name : ArmName.values()) {
            arms.put(name, shadow.arm(name));
        }
        Stagecraft stagecraft = new Stagecraft(scenario, wiring, log, shadow, arms, traffic);
        RollbackPlan configured = RollbackPlan.configured(scenario.rollback());
        Trial.Result first = null;
        for (int trial = 1; trial <= options.trials(); trial++) {
            Trial.Result result = new Trial(trial, stagecraft, configured).run();
            first = first == null ? result : first;
        }
        if (options.optimize() && scenario.optimize().isPresent() && first != null) {
            Trial.Result base = first;
            int next = options.trials() + 1;
            log.stage(
                    0,
                    "optimize",
                    () -> new Optimization(
                                    stagecraft, configured, scenario.optimize().get())
                            .run(base, next));
        }
    }

    private List<String> dispose(Shadow shadow) {
        List<String> left = new java.util.ArrayList<>();
        wiring.timeline()
                .shielded(() -> log.stage(0, "dispose", () -> {
                    left.addAll(shadow.dispose());
                    log.record(new Event.Disposed(List.copyOf(left)));
                }));
        return left;
    }

    private void requireCapabilities() {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        for (DeviationSpec spec : scenario.deviations()) {
            missing.addAll(wiring.kinds().apply(spec.kind()).needs());
        }
        if (scenario.shadow().isolation() == ShadowSpec.Isolation.ENFORCED) {
            missing.add(Capability.ENFORCED_ISOLATION);
        }
        missing.removeAll(wiring.runtime().capabilities());
        if (!missing.isEmpty()) {
            throw new EnvironmentException(
                    "the runtime '" + wiring.runtime().name() + "' lacks here what the scenario needs: "
                            + missing
                            + missing.stream()
                                    .flatMap(capability -> wiring.runtime().whyNot(capability).stream())
                                    .map(why -> "; " + why)
                                    .collect(java.util.stream.Collectors.joining())
                            + (missing.contains(Capability.ENFORCED_ISOLATION)
                                    ? "; 'shadow: {isolation: watched}' accepts arms that are only watched"
                                    : ""));
        }
    }
}
