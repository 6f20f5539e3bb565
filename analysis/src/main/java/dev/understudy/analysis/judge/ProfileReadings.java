package dev.understudy.analysis.judge;

import dev.understudy.analysis.Profile;
import dev.understudy.analysis.Profile.Measure;
import dev.understudy.analysis.judge.TrialPhases.Span;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/// The profiles of a trial: what each service used in each arm, by phase and over time.
final class ProfileReadings {
    /// Slices of a course: more is not seen in a small drawing.
    private static final int SLICES = 40;

    private static final long SECOND = 1_000_000_000L;

    private final Scenario scenario;
    private final TrialRecord trial;
    private final List<Span> phases;
    private final UsedSeconds used;

    private ProfileReadings(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
        this.phases = TrialPhases.of(trial);
        this.used = UsedSeconds.of(trial);
    }

    /// One of every service that was seen in an arm, candidate first.
    static List<Profile> of(Scenario scenario, TrialRecord trial) {
        ProfileReadings readings = new ProfileReadings(scenario, trial);
        List<Profile> profiles = new ArrayList<>();
        for (Service service : scenario.shadowServices().toList()) {
            for (String arm : List.of(RuleHistory.CANDIDATE, RuleHistory.CONTROL)) {
                Map<Measure, NavigableMap<Long, Double>> seen = readings.used.of(arm, service.name());
                if (!seen.isEmpty()) {
                    profiles.add(readings.profile(service.name(), arm, seen));
                }
            }
        }
        return List.copyOf(profiles);
    }

    private Profile profile(String service, String arm, Map<Measure, NavigableMap<Long, Double>> seen) {
        List<Profile.Phase> measured =
                phases.stream().map(span -> phase(span, service, arm, seen)).toList();
        List<Profile.Course> courses = new ArrayList<>();
        seen.forEach((measure, seconds) -> courses.add(course(measure, seconds)));
        return new Profile(service, arm, measured, courses);
    }

    private Profile.Phase phase(Span span, String service, String arm, Map<Measure, NavigableMap<Long, Double>> seen) {
        Map<String, Profile.Use> uses = new LinkedHashMap<>();
        seen.forEach((measure, seconds) -> {
            // a sample is of the second before it was taken, so most of it lies about the begin of its own
            double[] values = seconds.entrySet().stream()
                    .filter(second -> span.holds(second.getKey() * SECOND))
                    .mapToDouble(Map.Entry::getValue)
                    .toArray();
            if (values.length > 0) {
                double sum = 0;
                double peak = 0;
                for (double value : values) {
                    sum += value;
                    peak = Math.max(peak, value);
                }
                uses.put(
                        measure.word(),
                        new Profile.Use(rounded(measure, sum / values.length), rounded(measure, peak), values.length));
            }
        });
        return new Profile.Phase(
                span.name(),
                span.until() - span.from(),
                uses,
                exits(span, service, arm),
                deployments(span, service, arm));
    }

    private int exits(Span span, String service, String arm) {
        return (int) trial.timed(Event.InstanceExited.class)
                .filter(exit -> span.holds(exit.at()))
                .filter(exit -> exit.event().service().equals(service)
                        && exit.event().arm().equals(arm))
                .count();
    }

    private int deployments(Span span, String service, String arm) {
        long shipped = trial.timed(Event.Shipped.class)
                .filter(ship -> span.holds(ship.at()))
                .filter(ship -> ship.event().service().equals(service)
                        && ship.event().arm().equals(arm))
                .count();
        Set<String> reverts = reverting(service);
        long reverted = arm.equals(RuleHistory.CANDIDATE)
                ? trial.timed(Event.StepEnded.class)
                        .filter(step -> span.holds(step.at()))
                        .filter(step -> reverts.contains(step.event().step())
                                && !step.event().outcome().equals("skipped"))
                        .count()
                : 0;
        return (int) (shipped + reverted);
    }

    private Set<String> reverting(String service) {
        Set<String> steps = new HashSet<>();
        for (Step step : scenario.rollback().steps()) {
            boolean restarts = switch (step) {
                case Step.Revert revert -> revert.service().equals(service);
                case Step.RestoreData restore -> restore.service().equals(service);
                default -> false;
            };
            if (restarts) {
                steps.add(step.id());
            }
        }
        return steps;
    }

    private Profile.Course course(Measure measure, NavigableMap<Long, Double> seconds) {
        long first = used.first();
        // what verifying the data afterwards costs is not the system's own
        long last = Math.max(first, Math.min(used.last(), phases.getLast().until() / SECOND));
        long width = (last - first + SLICES) / SLICES;
        long slices = (last - first) / width + 1;
        List<Double> peaks = new ArrayList<>();
        for (long slice = 0; slice < slices; slice++) {
            long from = first + slice * width;
            peaks.add(seconds.subMap(from, from + width).values().stream()
                    .reduce(Math::max)
                    .map(peak -> rounded(measure, peak))
                    .orElse(Double.NaN));
        }
        return new Profile.Course(measure.word(), first * SECOND, width * SECOND, peaks);
    }

    private static double rounded(Measure measure, double value) {
        return measure == Measure.CPU || measure == Measure.THREADS
                ? Math.round(value * 1000) / 1000.0
                : (double) Math.round(value);
    }
}
