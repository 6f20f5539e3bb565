package dev.understudy.report.drawing;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.Attempt;
import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// The rollback as it ran, and as it would run in the proposed order, on one time scale.
public final class RollbackPictures {

    private final RunSummary run;
    private final long origin;
    private final OptionalLong recovered;
    private final Map<String, Long> took = new HashMap<>();
    private final Map<String, Long> predictedEnds = new TreeMap<>();
    private final long end;

    /// Pictures of one run.
    public RollbackPictures(RunSummary run) {
        this.run = run;
        OptionalLong recoveredAt = at(Mark.Kind.RECOVERED);
        this.origin = originOf(run, recoveredAt);
        this.recovered =
                recoveredAt.isPresent() ? OptionalLong.of(recoveredAt.getAsLong() - origin) : OptionalLong.empty();
        long last = Math.max(recovered.orElse(0), 0);
        for (StepReading step : run.steps()) {
            if (step.began().isPresent()) {
                took.put(step.id(), step.ended().orElseThrow() - step.began().getAsLong());
                last = Math.max(last, step.ended().orElseThrow() - origin);
            }
        }
        run.plan().ifPresent(this::predict);
        for (long recovery : recoveriesAsProposed(run)) {
            last = Math.max(last, recovery);
        }
        this.end = Math.max(
                last,
                predictedEnds.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static long originOf(RunSummary run, OptionalLong recoveredAt) {
        if (recoveredAt.isPresent() && run.figures().recovery().isPresent()) {
            return recoveredAt.getAsLong() - run.figures().recovery().getAsLong();
        }
        OptionalLong began =
                run.steps().stream().flatMapToLong(s -> s.began().stream()).min();
        OptionalLong marked = run.marks().stream()
                .filter(m -> m.kind() == Mark.Kind.ROLLBACK)
                .mapToLong(Mark::at)
                .findFirst();
        return marked.isPresent() ? marked.getAsLong() : began.orElse(0);
    }

    private OptionalLong at(Mark.Kind kind) {
        return run.marks().stream()
                .filter(m -> m.kind() == kind)
                .mapToLong(Mark::at)
                .findFirst();
    }

    /// The start of the rollback on the run's timeline: the zero of its axis.
    public long origin() {
        return origin;
    }

    /// The first trial; absent if there are no steps.
    public Optional<String> measured() {
        return run.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        chart("gantt-measured", "The rollback as it ran in the first trial", List.of(asConfigured())));
    }

    /// The order as configured, as it ran, above the proposed one with the times measured in the first trial,
    /// on one scale; absent without a proposal.
    public Optional<String> compared() {
        return predictedEnds.isEmpty()
                ? Optional.empty()
                : Optional.of(chart(
                        "gantt-compared",
                        "The rollback as configured and as proposed, on one time scale",
                        List.of(asConfigured(), asProposed())));
    }

    private String chart(String id, String title, List<GanttChart.Panel> panels) {
        return new GanttChart(id, title, panels, run.figures().recoveryBudget(), end).draw();
    }

    private GanttChart.Panel asConfigured() {
        List<GanttChart.Row> rows = new ArrayList<>();
        long lastEnd = 0;
        for (StepReading step : run.steps()) {
            List<GanttChart.Bar> bars = new ArrayList<>();
            for (Attempt attempt : step.attempts()) {
                bars.add(bar(attempt));
                lastEnd = Math.max(lastEnd, attempt.ended() - origin);
            }
            rows.add(new GanttChart.Row(step.id(), step.onCriticalPath(), bars, "did not run"));
        }
        if (recovered.isPresent() && recovered.getAsLong() > lastEnd && lastEnd > 0) {
            GanttChart.Bar tail = new GanttChart.Bar(lastEnd, recovered.getAsLong(), "", true);
            rows.add(new GanttChart.Row("until users recovered", false, List.of(tail), ""));
        }
        return new GanttChart.Panel("As configured", rows, recovered, "");
    }

    private GanttChart.Bar bar(Attempt attempt) {
        String fault = attempt.outcome().equals("done") ? "" : attempt.outcome();
        return new GanttChart.Bar(attempt.began() - origin, attempt.ended() - origin, fault, false);
    }

    private GanttChart.Panel asProposed() {
        Set<String> critical = criticalSteps();
        List<GanttChart.Row> rows = new ArrayList<>();
        for (StepReading step : run.steps()) {
            Long ends = predictedEnds.get(step.id());
            if (ends != null) {
                long lasts = took.getOrDefault(step.id(), 0L);
                GanttChart.Bar bar = new GanttChart.Bar(ends - lasts, ends, "", false);
                rows.add(new GanttChart.Row(step.id(), critical.contains(step.id()), List.of(bar), ""));
            }
        }
        long[] recoveries = recoveriesAsProposed(run);
        return new GanttChart.Panel(
                "As proposed",
                rows,
                recoveries.length == 0 ? OptionalLong.empty() : OptionalLong.of(recoveries[recoveries.length / 2]),
                ", median of " + Words.count(recoveries.length, "pair"));
    }

    private static long[] recoveriesAsProposed(RunSummary run) {
        return run.plan().stream()
                .flatMap(plan -> plan.pairs().stream())
                .flatMapToLong(pair -> pair.proposed().stream())
                .sorted()
                .toArray();
    }

    /// When each step of the proposal would begin and end, from the start of the rollback.
    public String predictedSpan(String step) {
        Long ends = predictedEnds.get(step);
        return ends == null
                ? Words.NOT_MEASURED
                : Words.after(ends - took.getOrDefault(step, 0L)) + " to " + Words.after(ends);
    }

    private void predict(PlanReading plan) {
        for (String step : plan.waitsFor().keySet()) {
            predict(plan, step, new HashSet<>());
        }
    }

    /// Ends after all it waits for, plus its own time. A step that waits for itself, which no judge should ever
    /// pass on, is drawn as if it waited for nothing.
    private long predict(PlanReading plan, String step, Set<String> above) {
        Long known = predictedEnds.get(step);
        if (known != null) {
            return known;
        }
        long start = 0;
        if (above.add(step)) {
            for (String needed : plan.waitsFor().getOrDefault(step, List.of())) {
                if (!above.contains(needed)) {
                    start = Math.max(start, predict(plan, needed, above));
                }
            }
            above.remove(step);
        }
        long ends = start + took.getOrDefault(step, 0L);
        predictedEnds.put(step, ends);
        return ends;
    }

    private Set<String> criticalSteps() {
        Set<String> critical = new HashSet<>();
        Optional<String> step = latest(predictedEnds.keySet());
        while (step.isPresent() && critical.add(step.get())) {
            PlanReading plan = run.plan().orElseThrow();
            step = latest(plan.waitsFor().getOrDefault(step.get(), List.of()));
        }
        return critical;
    }

    private Optional<String> latest(Iterable<String> steps) {
        String latest = "";
        long ends = -1;
        for (String step : steps) {
            long candidate = predictedEnds.getOrDefault(step, -1L);
            if (candidate > ends) {
                latest = step;
                ends = candidate;
            }
        }
        return ends < 0 ? Optional.empty() : Optional.of(latest);
    }
}
