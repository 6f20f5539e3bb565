package dev.understudy.engine;

import dev.understudy.rollback.RollbackPlan;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How long the stages of a rehearsal last at least and at most, from what a scenario allows: the shortest if
/// everything is done at once, the longest if everything takes all the time it has. Cloning and comparing
/// depend on the size of the data and are not in it. Same scenario, same timetable. Pure.
///
/// @param stages in the order of a trial
public record Timetable(List<Stage> stages) {
    private static final Duration LONGEST_BASELINE = Duration.ofSeconds(30);
    private static final Duration DEFAULT_HEALTH = Duration.ofSeconds(30);

    /// One stage of a trial.
    public record Stage(String name, Duration shortest, Duration longest, String what) {}

    /// A step of the rollback: in which wave it begins (from 1) and what it waits for.
    public record Wave(int number, Step step, List<String> waitsFor) {}

    public Timetable {
        stages = List.copyOf(stages);
    }

    /// What a trial of that scenario goes through.
    public static Timetable of(Scenario scenario) {
        Duration steady = scenario.steady().lasting();
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("start", Duration.ZERO, starting(scenario), "both arms, on the present versions"));
        stages.add(new Stage(
                "baseline",
                steady.multipliedBy(2),
                steady.multipliedBy(2).plus(LONGEST_BASELINE),
                "A/A: what the arms differ by themselves; until "
                        + scenario.traffic().floor().exchanges() + " exchanges"));
        stages.add(new Stage(
                "change", Duration.ZERO, changing(scenario), "the candidate; the control restarts the same services"));
        stages.add(new Stage(
                "watch", Duration.ZERO, scenario.breach().within(), "until a breach, else the rollback is drilled"));
        stages.add(new Stage("rollback", Duration.ZERO, rollingBack(scenario), "the steps below, in the candidate"));
        stages.add(new Stage(
                "recovery", steady, longer(steady, scenario.steady().within()), "until all is as in the control"));
        stages.add(new Stage("verify", Duration.ZERO, Duration.ZERO, "state, data, ledger; then both arms are reset"));
        if (ChangeStage.migratesAtStart(scenario)) {
            stages.add(new Stage(
                    "old version",
                    Duration.ZERO,
                    OldVersions.LONGEST_PROBE,
                    "whether it starts on a schema that its successor migrates, if the rollback does not show it"));
        }
        return new Timetable(stages);
    }

    /// The steps of the rollback as configured, in the order in which they begin.
    public static List<Wave> waves(Scenario scenario) {
        RollbackPlan plan = RollbackPlan.configured(scenario.rollback());
        Map<String, Integer> number = new HashMap<>();
        List<Wave> waves = new ArrayList<>();
        for (String id : plan.order()) {
            List<String> awaited = plan.waitsFor(id);
            int wave = 1;
            for (String before : awaited) {
                wave = Math.max(wave, 1 + number.getOrDefault(before, 0));
            }
            number.put(id, wave);
            waves.add(new Wave(wave, scenario.rollback().step(id), awaited));
        }
        return List.copyOf(waves);
    }

    /// One trial at its shortest.
    public Duration shortest() {
        return stages.stream().map(Stage::shortest).reduce(Duration.ZERO, Duration::plus);
    }

    /// One trial at its longest.
    public Duration longest() {
        return stages.stream().map(Stage::longest).reduce(Duration.ZERO, Duration::plus);
    }

    /// The trials of a run with `trials` full ones, and the pairs that compare two orders.
    public static int trials(Scenario scenario, int trials) {
        return trials + scenario.optimize().map(spec -> 2 * spec.pairs()).orElse(0);
    }

    /// Services start when those that they call are healthy, so at worst one after the other.
    private static Duration starting(Scenario scenario) {
        return scenario.shadowServices()
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .map(Timetable::health)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration changing(Scenario scenario) {
        return scenario.changes().stream()
                .map(change -> change instanceof Change.Migration
                        ? ChangeStage.MIGRATION_TIMEOUT
                        : restart(scenario.topology().service(change.service())))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// The longest chain of steps, each at its time-out.
    private static Duration rollingBack(Scenario scenario) {
        Map<String, Duration> ends = new HashMap<>();
        Duration last = Duration.ZERO;
        for (Wave wave : waves(scenario)) {
            Duration begin = Duration.ZERO;
            for (String before : wave.waitsFor()) {
                begin = longer(begin, ends.getOrDefault(before, Duration.ZERO));
            }
            Duration end = begin.plus(longest(wave.step()));
            ends.put(wave.step().id(), end);
            last = longer(last, end);
        }
        return last;
    }

    private static Duration longest(Step step) {
        Step.Retry retry = step.common().retry();
        return IntStream.rangeClosed(1, retry.attempts())
                .mapToObj(retry::before)
                .reduce(step.timeout().multipliedBy(retry.attempts()), Duration::plus);
    }

    private static Duration restart(Service service) {
        return service.stop().grace().plus(health(service)).multipliedBy(service.instances());
    }

    private static Duration health(Service service) {
        return service.health().map(Service.Health::within).orElse(DEFAULT_HEALTH);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
