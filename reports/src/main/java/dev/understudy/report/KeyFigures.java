package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.RunSummary.TrialReading;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.report.drawing.Sign;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Answers six of the eight questions of the first screen in figures; verdict and what was changed stand beside
/// them.
final class KeyFigures {

    /// Below this share of compared writes, data counts as not checked.
    private static final double ENOUGH_WRITES = 0.9;

    private static final String MISSING = "Not measured";

    private final RunSummary run;
    private final Figures figures;

    private KeyFigures(RunSummary run) {
        this.run = run;
        this.figures = run.figures();
    }

    static List<KeyFigure> of(RunSummary run) {
        KeyFigures key = new KeyFigures(run);
        return List.of(
                key.rollback(), key.detection(), key.downtime(), key.data(), key.bottleneck(), key.betterOrder());
    }

    private KeyFigure rollback() {
        String budget = "of " + Words.duration(figures.recoveryBudget());
        List<String> notes = new ArrayList<>();
        worstOfTrials().ifPresent(notes::add);
        if (figures.recovery().isEmpty()) {
            boolean failed = run.verdict().rollback() == RollbackFinding.FAILED;
            return new KeyFigure(
                    "Rollback until recovered",
                    failed ? "Not recovered" : MISSING,
                    budget,
                    failed ? Sign.BAD : Sign.OPEN,
                    failed ? "did not recover" : "no evidence",
                    notes);
        }
        long took = figures.recovery().getAsLong();
        return timed("Rollback until recovered", took, figures.recoveryBudget(), notes);
    }

    private static KeyFigure timed(String term, long took, long budget, List<String> notes) {
        boolean over = took > budget;
        String word = over ? "over budget by " + Words.duration(took - budget) : "within budget";
        return new KeyFigure(
                        term,
                        Words.beside(took, budget),
                        "of " + Words.duration(budget),
                        over ? Sign.BAD : Sign.GOOD,
                        word,
                        notes)
                .withGauge(took, budget);
    }

    private Optional<String> worstOfTrials() {
        if (run.trials().isEmpty()) {
            return Optional.empty();
        }
        String plan = run.trials().getFirst().plan();
        List<TrialReading> same =
                run.trials().stream().filter(t -> t.plan().equals(plan)).toList();
        if (same.size() < 2) {
            return Optional.of("1 trial of this order");
        }
        long failed = same.stream().filter(t -> !t.recovered()).count();
        OptionalLong worst =
                same.stream().flatMapToLong(t -> t.recovery().stream()).max();
        return Optional.of(
                failed > 0
                        ? failed + " of " + same.size() + " trials of this order did not recover"
                        : "worst of " + same.size() + " trials of this order: " + Words.duration(worst));
    }

    private KeyFigure detection() {
        if (figures.detect().isPresent()) {
            List<String> notes = new ArrayList<>();
            figures.firstBadToFirstStep()
                    .ifPresent(n -> notes.add("first bad request to first rollback step: " + Words.duration(n)));
            if (figures.drill()) {
                notes.add("the rollback still ran as a drill");
            }
            String by = figures.detectedBy()
                    .map(rule -> "by rule " + Words.shorten(rule, 40))
                    .orElse("rule not recorded");
            return new KeyFigure("Time to detect", Words.duration(figures.detect()), by, Sign.PLAIN, "", notes);
        }
        return figures.drill()
                ? new KeyFigure(
                        "Time to detect",
                        "No breach",
                        "",
                        Sign.PLAIN,
                        "no rule broke; rolled back as a drill",
                        List.of())
                : new KeyFigure("Time to detect", MISSING, "", Sign.OPEN, "no evidence", List.of());
    }

    private KeyFigure downtime() {
        OptionalLong budget = figures.downtimeBudget();
        if (figures.downtime().isEmpty()) {
            String beside = budget.isPresent() ? "of " + Words.duration(budget) : "no budget set";
            return new KeyFigure("Downtime", MISSING, beside, Sign.OPEN, "no evidence", List.of());
        }
        List<String> notes = List.of("while the change was deployed: " + Words.duration(figures.deployDowntime()));
        long down = figures.downtime().getAsLong();
        return budget.isPresent()
                ? timed("Downtime", down, budget.getAsLong(), notes)
                : new KeyFigure("Downtime", Words.duration(down), "no budget set", Sign.PLAIN, "", notes);
    }

    private KeyFigure data() {
        List<String> notes = new ArrayList<>();
        notes.add(
                figures.writesCompared().isPresent()
                        ? Words.share(figures.writesCompared()) + " of writes compared"
                        : "writes: " + Words.NOT_CHECKED);
        if (figures.contended().orElse(0) > 0) {
            notes.add(Words.count(figures.contended()) + " contended");
        }
        if (figures.lost().isEmpty() && figures.unserved().isEmpty()) {
            return new KeyFigure("Data", "Not checked", "", Sign.OPEN, "lost and unserved writes not checked", notes);
        }
        String unserved = figures.unserved().isPresent()
                ? Words.count(figures.unserved()) + " unserved"
                : "unserved: " + Words.NOT_CHECKED;
        if (figures.lost().isEmpty()) {
            return new KeyFigure("Data", "Not checked", unserved, Sign.OPEN, "loss " + Words.NOT_CHECKED, notes);
        }
        return loss(figures.lost().getAsLong(), unserved, notes);
    }

    /// A loss over budget counts however little was compared; that nothing was lost counts only if enough was.
    private KeyFigure loss(long lost, String unserved, List<String> notes) {
        OptionalLong budget = figures.lostWritesBudget();
        Sign sign = Sign.GOOD;
        String word = "nothing lost";
        if (budget.isPresent() && lost > budget.getAsLong()) {
            sign = Sign.BAD;
            word = "more than the " + Words.count(budget) + " allowed";
        } else if (lost > 0 && budget.isEmpty()) {
            sign = Sign.BAD;
            word = "no loss budget set";
        } else if (figures.writesCompared().orElse(0) < ENOUGH_WRITES) {
            sign = Sign.OPEN;
            word = Words.NOT_CHECKED + ": too few compared";
        } else if (lost > 0) {
            sign = Sign.PLAIN;
            word = "within the " + Words.count(budget) + " allowed";
        }
        return new KeyFigure("Data", Words.count(lost) + " lost", unserved, sign, word, notes);
    }

    private KeyFigure bottleneck() {
        if (figures.bottleneck().isEmpty()) {
            return new KeyFigure("Bottleneck", MISSING, "", Sign.OPEN, "no step was timed", List.of());
        }
        String id = figures.bottleneck().get();
        List<String> notes = new ArrayList<>();
        for (StepReading step : run.steps()) {
            if (step.id().equals(id) && step.began().isPresent() && step.ended().isPresent()) {
                notes.add("took "
                        + Words.duration(step.ended().getAsLong() - step.began().getAsLong())
                        + (step.onCriticalPath() ? ", on the critical path" : ""));
            }
        }
        return new KeyFigure(
                "Bottleneck",
                Words.shorten(id, 28),
                Words.share(figures.bottleneckShare()) + " of the rollback",
                Sign.PLAIN,
                "",
                notes);
    }

    private KeyFigure betterOrder() {
        if (run.plan().isEmpty()) {
            return new KeyFigure(
                    "Better order", "None proposed", "", Sign.PLAIN, "the order as configured stands", List.of());
        }
        PlanReading plan = run.plan().get();
        List<String> notes = List.of("predicted " + Words.duration(plan.predictedNanos()) + " instead of "
                + Words.duration(plan.presentNanos()));
        String pairs = "median of " + Words.count(plan.pairs().size(), "pair");
        if (plan.isKept()) {
            return new KeyFigure(
                    "Better order",
                    gain(plan.medianGainNanos()),
                    pairs,
                    Sign.GOOD,
                    "kept: gain exceeds noise of " + Words.duration(plan.spreadNanos()),
                    notes);
        }
        if (plan.pairs().isEmpty()) {
            return new KeyFigure("Better order", "Not run", "", Sign.OPEN, plan.decision(), notes);
        }
        if (plan.decision().equals("not distinguishable")) {
            return new KeyFigure(
                    "Better order",
                    "No clear gain",
                    gain(plan.medianGainNanos()),
                    Sign.PLAIN,
                    plan.decision() + ": noise is " + Words.duration(plan.spreadNanos()),
                    notes);
        }
        return new KeyFigure("Better order", "Not kept", pairs, Sign.BAD, plan.decision(), notes);
    }

    private static String gain(long nanos) {
        return nanos < 0 ? Words.duration(-nanos) + " slower" : Words.duration(nanos) + " faster";
    }
}
