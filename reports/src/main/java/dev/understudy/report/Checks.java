package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.DataReading;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.LedgerReading;
import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;

/// Every budget and rule of a run, one by one. The judge's verdict is the first and rules over the others: a
/// run that is GO has none that fails but its author's expectation.
final class Checks {

    private final RunSummary run;
    private final Figures figures;
    private final boolean rolledBack;

    private Checks(RunSummary run) {
        this.run = run;
        this.figures = run.figures();
        this.rolledBack = run.verdict().rollback() != RollbackFinding.UNTESTED;
    }

    static List<Check> of(RunSummary run) {
        Checks all = new Checks(run);
        List<Check> weighed = new ArrayList<>();
        run.rules().forEach(rule -> weighed.add(all.rule(rule)));
        weighed.add(all.recovery());
        weighed.add(all.downtime());
        weighed.add(all.lostWrites());
        run.data().forEach(data -> weighed.add(all.data(data)));
        run.ledger().forEach(entry -> weighed.add(ledger(entry)));
        run.migrations().forEach(migration -> {
            weighed.add(MigrationCases.schema(migration));
            weighed.add(MigrationCases.oldVersion(migration));
        });
        boolean go = run.verdict().decision() == Decision.GO;
        List<Check> checks = new ArrayList<>();
        checks.add(all.verdict());
        weighed.forEach(check -> checks.add(go ? check.forgiven() : check));
        run.expectation().ifPresent(expected -> checks.add(expectation(expected, run.verdict())));
        return checks;
    }

    private Check verdict() {
        Verdict verdict = run.verdict();
        String said = verdict.reason()
                + verdict.place().map(place -> " (" + place + ")").orElse("");
        return switch (verdict.decision()) {
            case GO -> Check.passed("verdict", said);
            case NO_GO -> Check.failed("verdict", "NO_GO", said);
            case INCONCLUSIVE -> Check.error("verdict", "INCONCLUSIVE", said);
        };
    }

    private Check rule(RuleReading rule) {
        String name = "stability rule " + rule.id();
        String said = rule.metric() + " of " + rule.target() + ": candidate "
                + Words.value(rule.metric(), rule.worstCandidate()) + ", control "
                + Words.value(rule.metric(), rule.worstControl()) + ", limit " + rule.limitText() + " (" + rule.place()
                + ")";
        if (rule.brokeAt().isPresent()) {
            boolean held = rule.sharedByControl() || run.verdict().change() != ChangeFinding.BREACHED;
            return held
                    ? Check.passed(name, "broke, not held against the change: " + said)
                    : Check.failed(name, "BREACHED", said);
        }
        return rule.worstCandidate().isEmpty() ? Check.error(name, "NO_DATA", said) : Check.passed(name, said);
    }

    private Check recovery() {
        String name = "rollback recovers within budget";
        if (figures.recovery().isPresent()) {
            return within(name, figures.recovery().getAsLong(), figures.recoveryBudget());
        }
        return rolledBack
                ? Check.failed(
                        name, "NOT_RECOVERED", "did not recover; budget " + Words.duration(figures.recoveryBudget()))
                : Check.error(name, "NOT_MEASURED", "the rollback was not tested");
    }

    private Check downtime() {
        String name = "downtime within budget";
        if (figures.downtimeBudget().isEmpty()) {
            return Check.skipped(name, "no budget set; measured: " + Words.duration(figures.downtime()));
        }
        if (figures.downtime().isEmpty()) {
            return Check.error(name, "NOT_MEASURED", Words.NOT_MEASURED);
        }
        return within(
                name, figures.downtime().getAsLong(), figures.downtimeBudget().getAsLong());
    }

    private static Check within(String name, long value, long budget) {
        String said = Words.against(value, budget);
        return value > budget ? Check.failed(name, "OVER_BUDGET", said) : Check.passed(name, said);
    }

    private Check lostWrites() {
        String name = "lost writes within budget";
        if (figures.lost().isEmpty()) {
            return Check.error(name, "NOT_CHECKED", Words.NOT_CHECKED);
        }
        long lost = figures.lost().getAsLong();
        String compared = ", " + Words.share(figures.writesCompared()) + " of writes compared";
        if (figures.lostWritesBudget().isEmpty()) {
            String said = Words.count(lost) + " lost, no budget set" + compared;
            return lost > 0 && run.verdict().rollback() == RollbackFinding.FAILED
                    ? Check.failed(name, "LOST", said)
                    : Check.passed(name, said);
        }
        long budget = figures.lostWritesBudget().getAsLong();
        String said = Words.count(lost) + " lost of " + Words.count(budget) + " allowed" + compared;
        return lost > budget ? Check.failed(name, "OVER_BUDGET", said) : Check.passed(name, said);
    }

    private Check data(DataReading data) {
        String name = "data of " + data.service();
        String said = Words.count(data.compared(), "row") + " compared, " + Words.count(data.lost()) + " lost, "
                + Words.count(data.unserved()) + " unserved, " + Words.count(data.unattributed())
                + " unattributed against noise of " + Words.count(data.noise())
                + (data.structure().isEmpty() ? "" : "; structure differs: " + String.join("; ", data.structure()))
                + (data.notChecked().isEmpty() ? "" : "; not checked: " + String.join("; ", data.notChecked()));
        boolean differs = data.lost() > 0
                || data.unattributed() > data.noise()
                || !data.structure().isEmpty();
        if (differs && rolledBack) {
            return Check.failed(name, "DATA_DIFFERS", said);
        }
        return data.compared() == 0 && !data.notChecked().isEmpty()
                ? Check.error(name, "NOT_CHECKED", said)
                : Check.passed(name, said);
    }

    private static Check ledger(LedgerReading entry) {
        String name = "ledger " + entry.entry();
        String said = Words.count(entry.keys(), "key") + ", " + Words.count(entry.lost()) + " lost, "
                + Words.count(entry.unreadable()) + " of these unreadable (" + entry.place() + ")";
        if (entry.lost() > 0) {
            return Check.failed(name, "LOST", said);
        }
        return entry.keys() == 0 ? Check.error(name, "NOT_CHECKED", said) : Check.passed(name, said);
    }

    private static Check expectation(ExpectationReading expected, Verdict verdict) {
        String said = "expected " + expected.expected() + ", found " + verdict.decision() + " with "
                + verdict.reversibility() + " (" + expected.place() + ")";
        return expected.met()
                ? Check.passed("expectation", said)
                : Check.failed("expectation", "EXPECTATION_UNMET", said);
    }
}
