package dev.understudy.report.comparison;

import dev.understudy.report.comparison.Row.Judged;
import dev.understudy.report.comparison.Row.Outcome;
import dev.understudy.report.comparison.Row.Part;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Every row of a comparison.
final class Rows {
    private static final String ABSENT = "not there";
    private static final List<String> DECISIONS = List.of("GO", "INCONCLUSIVE", "NO_GO");
    private static final List<String> CHANGES = List.of("HEALTHY", "UNKNOWN", "BREACHED");
    private static final List<String> ROLLBACKS = List.of("PROVEN", "UNTESTED", "FAILED");
    private static final List<String> WAYS = List.of("REVERSIBLE", "REVERSIBLE_WITH_LOSS", "UNKNOWN", "ONE_WAY");

    private final RunFacts before;
    private final RunFacts after;

    Rows(RunFacts before, RunFacts after) {
        this.before = before;
        this.after = after;
    }

    List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(found("verdict", DECISIONS, found -> found.decision().name()));
        rows.add(found("change", CHANGES, found -> found.change().name()));
        rows.add(found("rollback", ROLLBACKS, found -> found.rollback().name()));
        rows.add(found("way back", WAYS, RunFacts.Found::wayBack));
        rows.add(recovery());
        rows.add(figure(
                "detect",
                figures -> Words.duration(figures.detect()),
                Judging.time(before.figures().detect(), after.figures().detect())));
        rows.add(figure(
                "downtime", figures -> budgeted(figures.downtime(), figures.downtimeBudget()), downtimeJudged()));
        rows.add(figure(
                "lost",
                figures -> Words.count(figures.lost()),
                Judging.exact(before.figures().lost(), after.figures().lost())));
        rows.add(figure(
                "unserved",
                figures -> Words.count(figures.unserved()),
                Judging.count(before.figures().unserved(), after.figures().unserved())));
        rows.addAll(pairs(before.rules(), after.rules(), RunFacts.Rule::id, Rows::rule));
        rows.addAll(pairs(before.steps(), after.steps(), RunFacts.Step::id, Rows::step));
        return List.copyOf(rows);
    }

    private Row found(String what, List<String> bestFirst, Function<RunFacts.Found, String> word) {
        String was = word.apply(before.found());
        String is = word.apply(after.found());
        return new Row(Part.VERDICT, what, was, is, Judging.ranked(bestFirst, was, is));
    }

    private Row figure(String what, Function<RunFacts.Figures, String> said, Judged judged) {
        return new Row(Part.FIGURE, what, said.apply(before.figures()), said.apply(after.figures()), judged);
    }

    private Row recovery() {
        return new Row(Part.FIGURE, "recovery", recovery(before), recovery(after), recoveryJudged());
    }

    private Judged recoveryJudged() {
        int failed = after.trials().failed();
        if ((failed > 0) != (before.trials().failed() > 0)) {
            RunFacts.Trials bad = failed > 0 ? after.trials() : before.trials();
            return new Judged(
                    failed > 0 ? Outcome.WORSE : Outcome.BETTER,
                    bad.failed() + " of " + bad.count() + " trials did not recover");
        }
        return Judging.crossing(
                        before.figures().recovery(),
                        before.figures().recoveryBudget(),
                        after.figures().recovery(),
                        after.figures().recoveryBudget())
                .orElseGet(() -> enough(before) && enough(after)
                        ? Judging.trials(
                                before.trials().recoveries(), after.trials().recoveries())
                        : Judging.time(
                                before.figures().recovery(), after.figures().recovery()));
    }

    private Judged downtimeJudged() {
        return Judging.crossing(
                        before.figures().downtime(),
                        before.figures().downtimeBudget(),
                        after.figures().downtime(),
                        after.figures().downtimeBudget())
                .orElseGet(() -> Judging.time(
                        before.figures().downtime(), after.figures().downtime()));
    }

    private static boolean enough(RunFacts run) {
        return run.trials().recoveries().size() >= Judging.ENOUGH_TRIALS;
    }

    private static String recovery(RunFacts run) {
        String first = budgeted(run.figures().recovery(), run.figures().recoveryBudget());
        List<Long> all = run.trials().recoveries();
        return all.size() < 2 ? first : first + ", median " + Words.duration(Judging.median(all));
    }

    private static String budgeted(OptionalLong value, OptionalLong budget) {
        return value.isPresent() && budget.isPresent()
                ? Words.against(value.getAsLong(), budget.getAsLong())
                : Words.duration(value);
    }

    /// One row for each id that either run has: those of the later run in its order, then those that are gone.
    private static <T> List<Row> pairs(List<T> before, List<T> after, Function<T, String> id, Pairing<T> row) {
        List<Row> rows = new ArrayList<>();
        after.forEach(is -> rows.add(row.of(named(before, id, id.apply(is)), Optional.of(is))));
        before.stream()
                .filter(was -> named(after, id, id.apply(was)).isEmpty())
                .forEach(was -> rows.add(row.of(Optional.of(was), Optional.empty())));
        return rows;
    }

    /// Makes a row of what each run has of a thing.
    private interface Pairing<T> {
        Row of(Optional<T> before, Optional<T> after);
    }

    private static <T> Optional<T> named(List<T> all, Function<T, String> id, String name) {
        return all.stream().filter(each -> id.apply(each).equals(name)).findFirst();
    }

    private static Row rule(Optional<RunFacts.Rule> was, Optional<RunFacts.Rule> is) {
        String id = is.or(() -> was).orElseThrow().id();
        Judged judged = was.isEmpty() || is.isEmpty()
                ? new Judged(Outcome.NOT_JUDGED, "in one run only")
                : Judging.ranked(List.of("held", "broke"), held(was.get()), held(is.get()));
        return new Row(
                Part.RULE,
                "rule " + id,
                was.map(Rows::said).orElse(ABSENT),
                is.map(Rows::said).orElse(ABSENT),
                judged);
    }

    private static String held(RunFacts.Rule rule) {
        return rule.broke() ? "broke" : "held";
    }

    private static String said(RunFacts.Rule rule) {
        return held(rule) + ", " + Words.value(rule.metric(), rule.worst()) + " of " + rule.limit();
    }

    private static Row step(Optional<RunFacts.Step> was, Optional<RunFacts.Step> is) {
        String id = is.or(() -> was).orElseThrow().id();
        return new Row(
                Part.STEP,
                "step " + id,
                was.map(Rows::said).orElse(ABSENT),
                is.map(Rows::said).orElse(ABSENT),
                was.isEmpty() || is.isEmpty()
                        ? new Judged(Outcome.NOT_JUDGED, "in one run only")
                        : stepJudged(was.get(), is.get()));
    }

    private static Judged stepJudged(RunFacts.Step was, RunFacts.Step is) {
        if (was.isDone() != is.isDone()) {
            return new Judged(is.isDone() ? Outcome.BETTER : Outcome.WORSE, "");
        }
        return is.isDone() ? Judging.time(was.took(), is.took()) : new Judged(Outcome.SAME, "");
    }

    private static String said(RunFacts.Step step) {
        return step.took().isEmpty() || step.isDone()
                ? step.took().isEmpty() ? step.outcome() : Words.duration(step.took())
                : step.outcome() + " after " + Words.duration(step.took());
    }
}
