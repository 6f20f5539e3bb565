package dev.understudy.report;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.AlertReading;
import dev.understudy.analysis.RunSummary.AlertsReading;
import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.analysis.RunSummary.ShippedChange;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.drawing.PairsChart;
import dev.understudy.report.drawing.RollbackPictures;
import dev.understudy.report.drawing.Sign;
import dev.understudy.report.drawing.SplitBar;
import dev.understudy.report.drawing.Thinning;
import dev.understudy.report.drawing.UsersChart;
import dev.understudy.report.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the templates of the HTML report ask for: the summary, and everything about it that takes more than a
/// lookup. Immutable.
final class Page {

    /// How many changes the first screen names; the others are in their own section.
    private static final int CHANGES_ABOVE = 4;

    private static final int CHART_SLICES = 120;
    private static final int TABLE_SLICES = 40;

    /// Up to so many services all have their whole profile; of more, only a few do.
    private static final int MOST_IN_FULL = 6;

    private static final int FEW_IN_FULL = 3;

    private final RunSummary run;
    private final Optional<Comparison> comparison;
    private final RollbackPictures rollback;
    private final OptionalLong changedAt;

    Page(RunSummary run, Optional<Comparison> comparison) {
        this.run = run;
        this.comparison = comparison;
        this.rollback = new RollbackPictures(run);
        this.changedAt = run.marks().stream()
                .filter(m -> m.kind() == Mark.Kind.CHANGE)
                .mapToLong(Mark::at)
                .min();
    }

    RunSummary run() {
        return run;
    }

    /// The run against its baseline.
    Optional<Comparison> comparison() {
        return comparison;
    }

    RollbackPictures rollback() {
        return rollback;
    }

    /// The decision as a reader says it.
    String word() {
        return switch (run.verdict().decision()) {
            case GO -> "GO";
            case NO_GO -> "NO-GO";
            case INCONCLUSIVE -> "INCONCLUSIVE";
        };
    }

    Sign sign() {
        return switch (run.verdict().decision()) {
            case GO -> Sign.GOOD;
            case NO_GO -> Sign.BAD;
            case INCONCLUSIVE -> Sign.OPEN;
        };
    }

    /// Whether there is a way back, and at what price.
    String wayBack() {
        return switch (run.verdict().reversibility()) {
            case Reversibility.WithLoss loss ->
                loss.word() + ": " + Words.count(loss.rows(), "row") + " over "
                        + Words.duration(Math.round(loss.seconds() * 1e9));
            case Reversibility.OneWay way -> way.word() + (way.why().isBlank() ? "" : ": " + way.why());
            case Reversibility other -> other.word();
        };
    }

    List<KeyFigure> figures() {
        return KeyFigures.of(run);
    }

    List<ShippedChange> changesAbove() {
        return first(run.changes(), CHANGES_ABOVE);
    }

    Optional<String> usersChart() {
        Thinning seen = Thinning.of(run.series(), CHART_SLICES);
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(new UsersChart(seen, run.marks(), origin(), originName()).draw());
    }

    Thinning usersTable() {
        return Thinning.of(run.series(), TABLE_SLICES);
    }

    Zoom zoom() {
        return Zoom.of(Zoom.figures(run.series()), run.marks(), origin(), originName());
    }

    Optional<String> pairsChart() {
        return run.plan().filter(plan -> !plan.pairs().isEmpty()).map(plan -> new PairsChart(plan.pairs()).draw());
    }

    SplitBar split() {
        return new SplitBar(run.split());
    }

    /// The services whose profile is shown whole: what was changed first, then where the arms differ most.
    List<UsedByService> usedInFull() {
        List<UsedByService> all = UsedByService.of(run);
        return all.size() <= MOST_IN_FULL ? all : all.subList(0, FEW_IN_FULL);
    }

    /// The others.
    List<UsedByService> usedInBrief() {
        List<UsedByService> all = UsedByService.of(run);
        return all.size() <= MOST_IN_FULL ? List.of() : all.subList(FEW_IN_FULL, all.size());
    }

    /// How far the change reached, in a sentence.
    String reach() {
        long affected = run.blast().services().stream()
                .filter(node -> node.state() == BlastRadius.State.AFFECTED)
                .count();
        long measured = run.blast().services().stream()
                .filter(node ->
                        node.state() == BlastRadius.State.AFFECTED || node.state() == BlastRadius.State.NOT_AFFECTED)
                .count();
        return affected == 0 && measured == 0
                ? "Too few calls to tell."
                : Words.count(affected) + " of " + Words.count(measured, "service")
                        + " that were not changed and could be measured answered otherwise than in the control.";
    }

    /// The moments of the first trial in the order of time.
    List<Mark> marks() {
        return run.marks().stream().sorted(Comparator.comparingLong(Mark::at)).toList();
    }

    /// An instant, from the change.
    String since(long at) {
        return Words.after(at - origin());
    }

    /// What instants count from.
    String originName() {
        return changedAt.isPresent() ? "the change" : "the start of the run";
    }

    private long origin() {
        return changedAt.orElse(0);
    }

    /// An instant of the rollback, from its start.
    String inRollback(long at) {
        return Words.after(at - rollback.origin());
    }

    static String took(StepReading step) {
        return step.began().isEmpty()
                ? "did not run"
                : Words.duration(step.ended().orElseThrow() - step.began().getAsLong());
    }

    static Sign sign(RuleReading rule) {
        if (rule.brokeAt().isPresent()) {
            return rule.sharedByControl() ? Sign.PLAIN : Sign.BAD;
        }
        return rule.worstCandidate().isEmpty() ? Sign.OPEN : Sign.GOOD;
    }

    String outcome(RuleReading rule) {
        if (rule.brokeAt().isPresent()) {
            String when = since(rule.brokeAt().getAsLong());
            return rule.sharedByControl() ? "broke in both arms, at " + when : "broke at " + when;
        }
        return rule.worstCandidate().isEmpty() ? "no data" : "held";
    }

    /// What the team's own alerts would have done, in a sentence.
    String alerted() {
        AlertsReading alerts = run.alerts();
        if (!alerts.evaluated()) {
            return "Your " + Words.count(alerts.rules(), "rule") + " were not evaluated to the end.";
        }
        String firing = alerts.alerts().stream()
                .filter(alert -> alert.firingAt().isPresent() && alert.arm().equals("candidate"))
                .map(AlertReading::alert)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "Of your " + Words.count(alerts.rules(), "rule")
                + (firing.isEmpty()
                        ? ", none would have fired for the candidate."
                        : ", these would have fired for the candidate: " + firing + ".")
                + broken() + " Times count from " + originName() + ".";
    }

    /// When the first rule broke for the candidate, which is what the alerts' times are held against.
    private String broken() {
        return run.rules().stream()
                .filter(rule -> rule.brokeAt().isPresent())
                .min(Comparator.comparingLong(rule -> rule.brokeAt().getAsLong()))
                .map(rule -> " Of the scenario's rules " + rule.id() + " broke first, "
                        + since(rule.brokeAt().getAsLong()) + ".")
                .orElse(" None of the scenario's rules broke.");
    }

    /// When an alert fired, or how long it would have had to last.
    String fired(AlertReading alert) {
        if (alert.firingAt().isPresent()) {
            return since(alert.firingAt().getAsLong()) + (alert.alone() ? ", the candidate alone" : "");
        }
        long pending = alert.endedAt().orElse(run.alerts().until()) - alert.activeAt();
        return "not: pending " + Words.duration(pending) + " of " + Words.duration(alert.needed());
    }

    static String labels(AlertReading alert) {
        return sorted(alert.labels()).entrySet().stream()
                .filter(label -> !label.getKey().equals("alertname"))
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    }

    /// The first few of many.
    static <T> List<T> first(List<T> all, int limit) {
        return all.subList(0, Math.min(all.size(), limit));
    }

    /// That there are more than `limit`, or nothing.
    static String more(int size, int limit) {
        return size <= limit ? "" : "and " + Words.count(size - limit) + " more in run.json";
    }

    /// The end of a long text, which is where programs say what went wrong.
    static String end(String text, int limit) {
        return text.length() <= limit
                ? text
                : "… (all in run.json)\n" + text.substring(text.offsetByCodePoints(text.length(), -limit / 2));
    }

    static <T> Map<String, T> sorted(Map<String, T> map) {
        return new TreeMap<>(map);
    }
}
