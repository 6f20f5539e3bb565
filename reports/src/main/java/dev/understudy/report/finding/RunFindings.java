package dev.understudy.report.finding;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.DataReading;
import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.LedgerReading;
import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.RouteFidelity;
import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.analysis.RunSummary.ShippedChange;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.report.words.MigrationWords;
import dev.understudy.report.words.Words;
import dev.understudy.scenario.Place;
import java.util.ArrayList;
import java.util.List;

/// What was found in one run. Only a NO_GO has errors, and it has at least one: whatever the judge has weighed
/// and let pass is no more than a warning.
final class RunFindings {
    /// As many routes are named.
    private static final int SHOWN = 3;

    private final RunSummary run;
    private final Verdict verdict;
    private final Figures figures;
    private final List<Finding> found = new ArrayList<>();

    RunFindings(RunSummary run) {
        this.run = run;
        this.verdict = run.verdict();
        this.figures = run.figures();
    }

    List<Finding> all() {
        found.clear();
        run.rules().forEach(this::rule);
        change();
        run.steps().forEach(this::step);
        recovery();
        downtime();
        run.ledger().forEach(this::ledger);
        run.data().forEach(this::data);
        run.migrations().forEach(this::migration);
        wayBack();
        verdict();
        expectation();
        uncovered();
        return List.copyOf(found);
    }

    private void add(FindingKind kind, Level level, Place place, String subject, String message) {
        Level ceiling = verdict.decision() == Decision.NO_GO ? Level.ERROR : Level.WARNING;
        found.add(new Finding(kind, level.atMost(ceiling), place, subject, message));
    }

    private void add(FindingKind kind, Place place, String subject, String message) {
        add(kind, kind.level(), place, subject, message);
    }

    private void rule(RuleReading rule) {
        if (rule.brokeAt().isEmpty() || rule.sharedByControl()) {
            return;
        }
        boolean isHeldAgainst = verdict.change() == ChangeFinding.BREACHED;
        add(
                FindingKind.RULE_BROKEN,
                isHeldAgainst ? Level.ERROR : Level.WARNING,
                rule.place(),
                rule.id(),
                "Rule " + rule.id() + " broke: " + rule.metric() + " of " + rule.target() + " reached "
                        + Words.value(rule.metric(), rule.worstCandidate()) + ", limit " + rule.limitText()
                        + "; the control stayed at " + Words.value(rule.metric(), rule.worstControl()) + ".");
    }

    private void change() {
        boolean isNamed = found.stream().anyMatch(each -> each.kind() == FindingKind.RULE_BROKEN);
        if (verdict.change() == ChangeFinding.BREACHED && !isNamed) {
            Place place = run.changes().stream()
                    .map(ShippedChange::place)
                    .findFirst()
                    .orElse(run.identity().place());
            add(FindingKind.CHANGE_BREACHED, place, "change", verdict.reason());
        }
    }

    private void step(StepReading step) {
        if (step.attempts().isEmpty()) {
            return;
        }
        RunSummary.Attempt last = step.attempts().getLast();
        if (last.outcome().equals("done") || last.outcome().equals("skipped")) {
            return;
        }
        add(
                FindingKind.STEP_FAILED,
                step.place(),
                step.id(),
                "Step " + step.id() + " of the rollback " + last.outcome() + " after "
                        + Words.count(step.attempts().size(), "attempt") + firstLine(last.output()) + ".");
    }

    private static String firstLine(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> ": " + line)
                .orElse("");
    }

    private void recovery() {
        if (figures.recovery().isEmpty()) {
            if (verdict.rollback() == RollbackFinding.FAILED) {
                add(FindingKind.NOT_RECOVERED, decided(), "recovery", "The rollback did not bring the system back.");
            }
            return;
        }
        long took = figures.recovery().getAsLong();
        if (took > figures.recoveryBudget()) {
            add(
                    FindingKind.RECOVERY_OVER_BUDGET,
                    bottleneck(),
                    "recovery",
                    "The rollback recovered in " + Words.against(took, figures.recoveryBudget())
                            + figures.bottleneck()
                                    .map(step -> "; step " + step + " is " + Words.share(figures.bottleneckShare())
                                            + " of it")
                                    .orElse("")
                            + ".");
        }
    }

    private Place bottleneck() {
        return run.steps().stream()
                .filter(step -> figures.bottleneck().filter(step.id()::equals).isPresent())
                .map(StepReading::place)
                .findFirst()
                .orElse(decided());
    }

    private void downtime() {
        if (figures.downtime().isPresent()
                && figures.downtimeBudget().isPresent()
                && figures.downtime().getAsLong() > figures.downtimeBudget().getAsLong()) {
            add(
                    FindingKind.DOWNTIME_OVER_BUDGET,
                    bottleneck(),
                    "downtime",
                    "Users were without service for "
                            + Words.against(
                                    figures.downtime().getAsLong(),
                                    figures.downtimeBudget().getAsLong())
                            + ".");
        }
    }

    private void ledger(LedgerReading entry) {
        if (entry.lost() > 0) {
            add(
                    FindingKind.LEDGER_LOST,
                    entry.place(),
                    entry.entry(),
                    Words.count(entry.lost(), "key") + " of " + Words.count(entry.keys()) + " of " + entry.entry()
                            + " lost what was acknowledged, over " + Words.duration(entry.lostSpanNanos())
                            + example(entry.examples()) + ".");
        }
    }

    private void data(DataReading data) {
        Place place = verdict.decidedBy().filter("lostWrites"::equals).isPresent()
                ? decided()
                : run.identity().place();
        if (data.lost() > 0) {
            add(
                    FindingKind.ROWS_LOST,
                    place,
                    data.service(),
                    Words.count(data.lost(), "row") + " of acknowledged writes are gone from " + data.service()
                            + example(data.examples()) + ".");
        }
        boolean isTested = verdict.rollback() != RollbackFinding.UNTESTED;
        if (isTested && (data.unattributed() > data.noise() || !data.structure().isEmpty())) {
            add(
                    FindingKind.DATA_DIFFERS,
                    place,
                    data.service(),
                    "Data of " + data.service() + " differs: " + Words.count(data.unattributed(), "row")
                            + " unattributed against noise of " + Words.count(data.noise())
                            + (data.structure().isEmpty()
                                    ? ""
                                    : "; structure: " + data.structure().getFirst())
                            + ".");
        }
    }

    /// What the judge holds against the rollback is here told apart, by what there is to do about it.
    private void migration(MigrationReading migration) {
        boolean hasMigrated =
                !migration.objects().isEmpty() || !migration.entered().isEmpty();
        if (hasMigrated && !migration.declared()) {
            add(
                    FindingKind.UNDECLARED_MIGRATION,
                    migration.place(),
                    migration.service(),
                    MigrationWords.did(migration) + "; nothing declares that.");
        }
        boolean isWholeWay = migration.stays().isEmpty();
        if (!isWholeWay || !migration.staysDeclared().isEmpty()) {
            add(
                    FindingKind.SCHEMA_STAYS,
                    isWholeWay ? Level.WARNING : Level.ERROR,
                    migration.place(),
                    migration.database(),
                    "The schema of " + migration.database() + " stays at " + migration.change()
                            + " after the rollback; " + MigrationWords.became(migration) + ".");
        }
        boolean isTakenBack = isWholeWay && migration.staysDeclared().isEmpty();
        if (isTakenBack && !migration.historyStays().isEmpty()) {
            add(
                    FindingKind.HISTORY_DISAGREES,
                    migration.place(),
                    migration.database(),
                    "The schema of " + migration.database() + " was taken back, but its history still has "
                            + migration.historyStays().getFirst() + ": rolled out again, " + migration.change()
                            + " would not migrate.");
        }
        if (migration.oldVersion().hasRefused()) {
            add(
                    FindingKind.OLD_VERSION_REFUSES,
                    migration.staysWhole() ? Level.ERROR : Level.WARNING,
                    migration.place(),
                    migration.service(),
                    migration.service() + " " + migration.oldVersion().version() + " does not start on the schema of "
                            + migration.change() + ": " + migration.oldVersion().lastLine() + ".");
        }
    }

    private static String example(List<String> examples) {
        return examples.isEmpty() ? "" : ", such as " + examples.getFirst();
    }

    private void wayBack() {
        if (verdict.reversibility() instanceof Reversibility.OneWay way) {
            add(
                    FindingKind.ONE_WAY,
                    run.acceptedOneWay().isPresent() ? Level.WARNING : Level.ERROR,
                    decided(),
                    "one way",
                    "There is no way back: " + way.why()
                            + run.acceptedOneWay()
                                    .map(accepted -> " Accepted: " + accepted)
                                    .orElse(""));
        }
    }

    private void verdict() {
        if (verdict.decision() == Decision.INCONCLUSIVE) {
            add(FindingKind.INCONCLUSIVE, decided(), verdict.decidedBy().orElse("verdict"), verdict.reason());
        }
        boolean isNamed = found.stream().anyMatch(each -> each.level() == Level.ERROR);
        if (verdict.decision() == Decision.NO_GO && !isNamed) {
            add(FindingKind.NO_GO, decided(), verdict.decidedBy().orElse("verdict"), verdict.reason());
        }
    }

    private void expectation() {
        run.expectation()
                .filter(expected -> !expected.met())
                .ifPresent(expected -> add(
                        FindingKind.EXPECTATION_UNMET,
                        expected.place(),
                        "expect",
                        "Expected " + expected.expected() + ", found " + verdict.decision() + " with "
                                + verdict.reversibility() + "."));
    }

    /// One for all routes: their names are often generated, and a note each would bury the rest.
    private void uncovered() {
        List<String> routes = run.fidelity().stream()
                .filter(route -> route.ofChangedService() && !route.coveredAfterChange())
                .map(RouteFidelity::route)
                .toList();
        if (!routes.isEmpty()) {
            Place place = run.changes().stream()
                    .map(ShippedChange::place)
                    .findFirst()
                    .orElse(run.identity().place());
            add(FindingKind.ROUTE_NOT_COVERED, place, "routes", "After the change no traffic reached " + some(routes));
        }
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? first + "." : first + " and " + (names.size() - SHOWN) + " more.";
    }

    private Place decided() {
        return verdict.place().orElse(run.identity().place());
    }
}
