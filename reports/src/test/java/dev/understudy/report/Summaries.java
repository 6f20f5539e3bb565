package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.OldVersion;
import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.analysis.RunSummary.SchemaMoment;
import dev.understudy.analysis.RunSummary.Series;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.scenario.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Summaries as a judge would write them of a small shop, to render in tests and to look at.
public final class Summaries {

    public static final String FILE = "scenarios/shop/orders-2.0.yaml";

    private Summaries() {}

    /// All by name.
    public static Map<String, RunSummary> all() {
        Map<String, RunSummary> all = new LinkedHashMap<>();
        all.put("go-by-drill", goByDrill());
        all.put("go-with-allowed-loss", goWithAllowedLoss());
        all.put("no-go-change", noGoChange());
        all.put("no-go-loss", noGoLoss());
        all.put("one-way", oneWay(false));
        all.put("one-way-accepted", oneWay(true));
        all.put("inconclusive", inconclusive());
        all.put("hostile", hostile("<script>alert(1)</script>\"'&\u001b[31m" + "x".repeat(400)));
        all.put("migrated", migrated(true, "started"));
        all.put("no-series", noSeries());
        all.put("large", large());
        all.put("hour", hour());
        return all;
    }

    /// A good release: nothing broke, the rollback ran as a drill and was proven.
    public static RunSummary goByDrill() {
        SummaryDraft draft = new SummaryDraft();
        draft.verdict = verdict(
                Decision.GO,
                ChangeFinding.HEALTHY,
                RollbackFinding.PROVEN,
                new Reversibility.Reversible(),
                "No rule broke in 30 s; the drill brought the shop back in 6.4 s of 30 s with nothing lost.",
                "recovery",
                "6.4 s of 30 s");
        draft.drill = true;
        draft.detect = OptionalLong.empty();
        draft.detectedBy = Optional.empty();
        draft.expectation = Optional.of(new ExpectationReading(place(4), "GO", true));
        draft.rules = List.of(
                rule("errors", "error-rate", 0.02, "2%", 0.0, 0.0, OptionalLong.empty()),
                rule("slow", "latency-p99", 0.4, "400ms", 0.184, 0.171, OptionalLong.empty()));
        draft.marks.removeIf(m -> m.kind() == Mark.Kind.FIRST_BAD || m.kind() == Mark.Kind.DETECTED);
        draft.slowUntil = 0;
        return draft.build();
    }

    /// A good release whose rollback loses less than its author allows.
    public static RunSummary goWithAllowedLoss() {
        SummaryDraft draft = new SummaryDraft();
        draft.verdict = verdict(
                Decision.GO,
                ChangeFinding.HEALTHY,
                RollbackFinding.PROVEN,
                new Reversibility.WithLoss(2, 0.3),
                "No rule broke; the drill lost 2 of the 5 writes that may be lost.",
                "lostWrites",
                "2 of 5 writes");
        draft.drill = true;
        draft.detect = OptionalLong.empty();
        draft.detectedBy = Optional.empty();
        draft.lost = OptionalLong.of(2);
        draft.lostBudget = 5;
        draft.ledgerLost = 2;
        return draft.build();
    }

    /// Orders 2.0 waits for payments without a time-out; the rollback works and a better order was kept.
    public static RunSummary noGoChange() {
        return new SummaryDraft().build();
    }

    /// The same with a kept order in which each step waits for these.
    public static RunSummary keptOrder(Map<String, List<String>> waitsFor) {
        SummaryDraft draft = new SummaryDraft();
        draft.plan = draft.plan.map(plan -> new PlanReading(
                waitsFor,
                plan.predictedNanos(),
                plan.presentNanos(),
                plan.decision(),
                plan.medianGainNanos(),
                plan.spreadNanos(),
                plan.pairs(),
                plan.why()));
        return draft.build();
    }

    /// Orders 2.0 migrates when it starts, and the schema stays.
    ///
    /// @param isExpected whether that is declared; else the run is no GO
    /// @param old what became of orders 1.0 on it
    public static RunSummary migrated(boolean isExpected, String old) {
        SummaryDraft draft = new SummaryDraft();
        if (isExpected) {
            draft.verdict = goByDrill().verdict();
        }
        draft.migrations = List.of(migration("", isExpected, old));
        return draft.build();
    }

    static MigrationReading migration(String text, boolean isExpected, String old) {
        List<String> objects = List.of("column orders.channel text was added", "table audit was added" + text);
        List<String> still = objects.subList(0, 1);
        return new MigrationReading(
                "db",
                "orders",
                "orders 2.0" + text,
                place(21),
                text.isEmpty(),
                objects,
                List.of("flyway_schema_history: 2 channel" + text),
                objects.subList(1, 2),
                isExpected ? List.of() : still,
                isExpected ? still : List.of(),
                List.of("flyway_schema_history: 2 channel" + text),
                List.of(
                        new SchemaMoment("before", "ab12" + "0".repeat(60), 41, 1, "flyway_schema_history: 1 shop"),
                        new SchemaMoment("change", "cd34" + "0".repeat(60), 47, 2, "" + text)),
                new OldVersion("1.0", old, old.equals("not checked") ? "" : "rollback", "relation is missing" + text),
                text.isEmpty() ? List.of() : List.of(text));
    }

    /// The undo migration loses what the new code wrote.
    public static RunSummary noGoLoss() {
        SummaryDraft draft = new SummaryDraft();
        draft.verdict = verdict(
                Decision.NO_GO,
                ChangeFinding.HEALTHY,
                RollbackFinding.FAILED,
                new Reversibility.WithLoss(37, 8.4),
                "The rollback lost 37 acknowledged orders: the ledger reads them back without their channel.",
                "lostWrites",
                "37 of 0 writes");
        draft.lost = OptionalLong.of(37);
        draft.ledgerLost = 37;
        draft.plan = Optional.of(plan("not distinguishable", seconds(0.1), seconds(0.4)));
        return draft.build();
    }

    /// The old version can't read what the new one wrote.
    public static RunSummary oneWay(boolean accepted) {
        SummaryDraft draft = new SummaryDraft();
        draft.verdict = verdict(
                accepted ? Decision.INCONCLUSIVE : Decision.NO_GO,
                ChangeFinding.HEALTHY,
                RollbackFinding.FAILED,
                new Reversibility.OneWay("orders 1.0 can't read 112 rows that 2.0 wrote"),
                "After every step succeeded, orders 1.0 does not start: it can't read rows that 2.0 wrote.",
                "rollback",
                "");
        draft.recovery = OptionalLong.empty();
        draft.plan = Optional.empty();
        draft.marks.removeIf(m -> m.kind() == Mark.Kind.RECOVERED);
        draft.lastStepFails = true;
        draft.acceptedOneWay = accepted
                ? Optional.of("“Orders are re-created from the event log”, by K. Vogt, until 2026-12-31")
                : Optional.empty();
        return draft.build();
    }

    /// A metric was lost and most of the rest is unknown.
    public static RunSummary inconclusive() {
        SummaryDraft draft = new SummaryDraft();
        draft.verdict = new Verdict(
                Decision.INCONCLUSIVE,
                ChangeFinding.UNKNOWN,
                RollbackFinding.UNTESTED,
                new Reversibility.Untold(),
                "Rule slow had no data for 12 s: fewer than 100 requests in its window.",
                Optional.of("slow"),
                Optional.of(place(31)),
                "");
        draft.recovery = OptionalLong.empty();
        draft.detect = OptionalLong.empty();
        draft.detectedBy = Optional.empty();
        draft.downtime = OptionalLong.empty();
        draft.lost = OptionalLong.empty();
        draft.writesCompared = OptionalDouble.empty();
        draft.rules = List.of(new RuleReading(
                "slow",
                place(31),
                "latency-p99",
                "gateway",
                OptionalDouble.of(0.4),
                "400ms",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                false,
                seconds(12)));
        draft.plan = Optional.empty();
        draft.steps = false;
        draft.compareData = false;
        draft.notChecked = List.of(
                "data of orders: no write was compared",
                "route DELETE gateway/orders/{id}: no traffic reached it",
                "ledger: no acknowledged write",
                "recovery: the rollback was not started");
        draft.marks.removeIf(m -> m.kind().ordinal() >= Mark.Kind.FIRST_BAD.ordinal());
        return draft.build();
    }

    /// Without a single request recorded.
    public static RunSummary noSeries() {
        SummaryDraft draft = new SummaryDraft();
        draft.series = List.of(new Series("candidate", List.of()), new Series("control", List.of()));
        draft.marks.clear();
        return draft.build();
    }

    /// Text from outside wherever there is text.
    public static RunSummary hostile(String text) {
        SummaryDraft draft = new SummaryDraft();
        draft.text = text;
        draft.verdict = new Verdict(
                Decision.NO_GO,
                ChangeFinding.BREACHED,
                RollbackFinding.PROVEN,
                new Reversibility.OneWay(text),
                text,
                Optional.of(text),
                Optional.of(new Place(text, 1, 1)),
                text);
        draft.detectedBy = Optional.of(text);
        draft.rules = List.of(rule(text, text, 1, text, 2, 0, OptionalLong.of(seconds(20))));
        draft.notChecked = List.of(text, text);
        draft.acceptedOneWay = Optional.of(text);
        draft.marks.add(new Mark(Mark.Kind.DEVIATION, text, seconds(3), OptionalLong.empty()));
        draft.expectation = Optional.of(new ExpectationReading(new Place(text, 2, 3), text, false));
        return draft.build();
    }

    /// Ten minutes, twelve services, nine steps.
    public static RunSummary large() {
        SummaryDraft draft = new SummaryDraft();
        draft.services = 12;
        draft.secondsLong = 600;
        draft.longOutputs = true;
        return draft.build();
    }

    /// An hour with fifty services.
    public static RunSummary hour() {
        SummaryDraft draft = new SummaryDraft();
        draft.services = 50;
        draft.secondsLong = 3600;
        draft.longOutputs = true;
        return draft.build();
    }

    public static Place place(int line) {
        return new Place(FILE, line, 5);
    }

    public static long seconds(double seconds) {
        return Math.round(seconds * 1e9);
    }

    static Verdict verdict(
            Decision decision,
            ChangeFinding change,
            RollbackFinding rollback,
            Reversibility reversibility,
            String reason,
            String by,
            String measure) {
        return new Verdict(
                decision, change, rollback, reversibility, reason, Optional.of(by), Optional.of(place(34)), measure);
    }

    static RuleReading rule(
            String id,
            String metric,
            double limit,
            String limitText,
            double candidate,
            double control,
            OptionalLong broke) {
        return new RuleReading(
                id,
                place(31),
                metric,
                "gateway",
                OptionalDouble.of(limit),
                limitText,
                OptionalDouble.of(candidate),
                OptionalDouble.of(control),
                broke,
                false,
                seconds(0.4));
    }

    static PlanReading plan(String decision, long gain, long spread) {
        Map<String, List<String>> waitsFor = new LinkedHashMap<>();
        waitsFor.put("drain", List.of());
        waitsFor.put("orders", List.of("drain"));
        waitsFor.put("schema", List.of("orders"));
        waitsFor.put("catalogue", List.of());
        waitsFor.put("undrain", List.of("orders", "schema", "catalogue"));
        return new PlanReading(
                waitsFor,
                seconds(5.3),
                seconds(8.4),
                decision,
                gain,
                spread,
                List.of(
                        new Pair(1, OptionalLong.of(seconds(9.1)), OptionalLong.of(seconds(6.0))),
                        new Pair(2, OptionalLong.of(seconds(9.4)), OptionalLong.of(seconds(6.3))),
                        new Pair(3, OptionalLong.of(seconds(8.9)), OptionalLong.of(seconds(5.8)))),
                "catalogue needs nothing of orders and its data: it can be reverted at the same time.");
    }
}
