package dev.understudy.report;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.AlertReading;
import dev.understudy.analysis.RunSummary.AlertsReading;
import dev.understudy.analysis.RunSummary.Attempt;
import dev.understudy.analysis.RunSummary.DataReading;
import dev.understudy.analysis.RunSummary.DeviationReading;
import dev.understudy.analysis.RunSummary.Drift;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.RunSummary.Figures;
import dev.understudy.analysis.RunSummary.Identity;
import dev.understudy.analysis.RunSummary.Isolation;
import dev.understudy.analysis.RunSummary.LedgerReading;
import dev.understudy.analysis.RunSummary.LiveSign;
import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.OldVersion;
import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.RunSummary.Point;
import dev.understudy.analysis.RunSummary.RouteFidelity;
import dev.understudy.analysis.RunSummary.RuleReading;
import dev.understudy.analysis.RunSummary.SchemaMoment;
import dev.understudy.analysis.RunSummary.Series;
import dev.understudy.analysis.RunSummary.ShippedChange;
import dev.understudy.analysis.RunSummary.Split;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.RunSummary.TrafficReading;
import dev.understudy.analysis.RunSummary.TrialReading;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.scenario.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

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
        Draft draft = new Draft();
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
        Draft draft = new Draft();
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
        return new Draft().build();
    }

    /// The same with a kept order in which each step waits for these.
    public static RunSummary keptOrder(Map<String, List<String>> waitsFor) {
        Draft draft = new Draft();
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
        Draft draft = new Draft();
        if (isExpected) {
            draft.verdict = goByDrill().verdict();
        }
        draft.migrations = List.of(migration("", isExpected, old));
        return draft.build();
    }

    private static MigrationReading migration(String text, boolean isExpected, String old) {
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
        Draft draft = new Draft();
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
        Draft draft = new Draft();
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
        Draft draft = new Draft();
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
        Draft draft = new Draft();
        draft.series = List.of(new Series("candidate", List.of()), new Series("control", List.of()));
        draft.marks.clear();
        return draft.build();
    }

    /// Text from outside wherever there is text.
    public static RunSummary hostile(String text) {
        Draft draft = new Draft();
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
        Draft draft = new Draft();
        draft.services = 12;
        draft.secondsLong = 600;
        draft.longOutputs = true;
        return draft.build();
    }

    /// An hour with fifty services.
    public static RunSummary hour() {
        Draft draft = new Draft();
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

    private static Verdict verdict(
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

    private static PlanReading plan(String decision, long gain, long spread) {
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

    /// A run of the shop, to be changed before it is built.
    private static final class Draft {
        private String text = "";
        private Verdict verdict = Summaries.verdict(
                Decision.NO_GO,
                ChangeFinding.BREACHED,
                RollbackFinding.PROVEN,
                new Reversibility.Reversible(),
                "With payments 400 ms slower, orders 2.0 broke rule slow (p99 2.31 s of 400 ms); orders 1.0 did not.",
                "slow",
                "2.31 s of 400 ms");
        private boolean drill;
        private OptionalLong recovery = OptionalLong.of(seconds(9.24));
        private OptionalLong detect = OptionalLong.of(seconds(2.31));
        private Optional<String> detectedBy = Optional.of("slow");
        private OptionalLong downtime = OptionalLong.of(seconds(1.2));
        private OptionalLong lost = OptionalLong.of(0);
        private long lostBudget;
        private OptionalDouble writesCompared = OptionalDouble.of(0.984);
        private long ledgerLost;
        private boolean steps = true;
        private boolean compareData = true;
        private boolean lastStepFails;
        private boolean longOutputs;
        private int services = 3;
        private int secondsLong = 62;
        private double slowUntil = 29;
        private Optional<PlanReading> plan = Optional.of(plan("kept", seconds(3.1), seconds(0.5)));
        private Optional<ExpectationReading> expectation = Optional.of(new ExpectationReading(place(4), "NO_GO", true));
        private Optional<String> acceptedOneWay = Optional.empty();
        private List<MigrationReading> migrations = List.of();
        private List<String> notChecked = List.of(
                "route GET gateway/catalogue/{id}/reviews: no traffic reached it after the change",
                "cookies of sessions that began before the baseline");
        private List<RuleReading> rules = List.of(
                rule("errors", "error-rate", 0.02, "2%", 0.0137, 0.0, OptionalLong.empty()),
                rule("slow", "latency-p99", 0.4, "400ms", 2.31, 0.412, OptionalLong.of(seconds(27.3))));
        private final List<Mark> marks = new ArrayList<>(List.of(
                new Mark(Mark.Kind.CHANGE, "orders 2.0", seconds(16), OptionalLong.empty()),
                new Mark(Mark.Kind.WATCH, "rules watch", seconds(20.5), OptionalLong.empty()),
                new Mark(Mark.Kind.DEVIATION, "slow-payments", seconds(22.5), OptionalLong.of(seconds(58))),
                new Mark(Mark.Kind.FIRST_BAD, "first bad request", seconds(25), OptionalLong.empty()),
                new Mark(Mark.Kind.DETECTED, "slow", seconds(27.3), OptionalLong.empty()),
                new Mark(Mark.Kind.ROLLBACK, "rollback", seconds(27.6), OptionalLong.of(seconds(35.8))),
                new Mark(Mark.Kind.RECOVERED, "recovered", seconds(36.84), OptionalLong.empty())));
        private List<Series> series = List.of();

        private RunSummary build() {
            return new RunSummary(
                    new Identity(
                            "20261121-114512-orders-2.0" + text,
                            "orders-2.0" + text,
                            place(2),
                            text + "Orders 2.0 waits for payments without a timeout.",
                            42,
                            "2026-11-21T11:45:12Z" + text,
                            "Understudy 0.1.0" + text,
                            "./understudy rehearse " + FILE + " --seed 42" + text,
                            Map.of(
                                    FILE,
                                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" + text,
                                    "topology/shop.yaml",
                                    "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
                            Map.of("cpus", "2", "memory", "7.8 GiB", "os", "Linux 6.1, Debian 12" + text)),
                    verdict,
                    new Figures(
                            recovery,
                            seconds(30),
                            detect,
                            detectedBy,
                            drill,
                            downtime,
                            OptionalLong.of(seconds(5)),
                            seconds(0.7),
                            lost,
                            lost.isPresent() ? OptionalLong.of(14) : OptionalLong.empty(),
                            lost.isPresent() ? OptionalLong.of(3) : OptionalLong.empty(),
                            OptionalLong.of(lostBudget),
                            writesCompared,
                            steps ? Optional.of("orders" + text) : Optional.empty(),
                            0.48,
                            steps ? OptionalLong.of(seconds(2.6)) : OptionalLong.empty()),
                    changes(),
                    rules,
                    steps ? steps() : List.of(),
                    marks,
                    series.isEmpty() ? List.of(arm("candidate", 7, slowUntil), arm("control", 8, 0)) : series,
                    new Split(seconds(96.4), seconds(71), seconds(8.3), seconds(6.5), seconds(7.4), seconds(3.2)),
                    fidelity(),
                    compareData ? data() : List.of(),
                    compareData
                            ? List.of(new LedgerReading(
                                    "POST gateway/orders" + text,
                                    place(47),
                                    412,
                                    ledgerLost,
                                    0,
                                    seconds(8.4),
                                    ledgerLost > 0 ? List.of("key 7d1f…: channel is absent" + text) : List.of()))
                            : List.of(),
                    plan,
                    List.of(new DeviationReading(
                            "slow-payments" + text,
                            "latency",
                            place(25),
                            "orders->payments",
                            "both arms",
                            "400ms, step",
                            steps ? "median +401 ms, p99 +409 ms of 2,113 requests" + text : "",
                            OptionalLong.of(seconds(22.5)),
                            OptionalLong.of(seconds(58)),
                            true,
                            false)),
                    List.of(new Drift("catalogue", "environment.CACHE", "on", "off" + text)),
                    new Isolation("enforced", 9, text.isEmpty() ? List.of() : List.of(text)),
                    List.of(
                            new LiveSign(
                                    "cpu-pressure",
                                    OptionalDouble.of(0.31),
                                    OptionalDouble.of(0.72),
                                    OptionalDouble.empty()),
                            new LiveSign(
                                    "latency-p99" + text,
                                    OptionalDouble.of(0.085),
                                    OptionalDouble.of(0.42),
                                    OptionalDouble.of(1.085))),
                    new TrafficReading(
                            31204,
                            6240,
                            6233,
                            Map.of("queue full", 0L, "session began before" + text, 7L),
                            6233,
                            1120,
                            104.2),
                    notChecked,
                    expectation,
                    acceptedOneWay,
                    steps
                            ? List.of(
                                    new TrialReading(
                                            1,
                                            "written" + text,
                                            recovery.isPresent(),
                                            recovery,
                                            seconds(8.2),
                                            "recovered" + text),
                                    new TrialReading(
                                            2,
                                            "proposed",
                                            true,
                                            OptionalLong.of(seconds(6.0)),
                                            seconds(5.2),
                                            "recovered"),
                                    new TrialReading(
                                            3,
                                            "written" + text,
                                            true,
                                            OptionalLong.of(seconds(9.4)),
                                            seconds(8.4),
                                            "recovered"))
                            : List.of(),
                    steps ? Used.profiles(names(), secondsLong) : List.of(),
                    steps ? Used.blast(names()) : BlastRadius.none(),
                    steps ? alerts() : AlertsReading.NONE,
                    text.isEmpty() ? migrations : List.of(migration(text, false, "did not start")));
        }

        private List<String> names() {
            List<String> names = new ArrayList<>(List.of("gateway" + text, "orders", "catalogue", "payments", "db"));
            for (int n = names.size(); n < services; n++) {
                names.add("service-" + n);
            }
            return names;
        }

        private AlertsReading alerts() {
            return new AlertsReading(
                    3,
                    true,
                    seconds(60),
                    List.of(
                            new AlertReading(
                                    "candidate",
                                    "OrdersSlow" + text,
                                    "alerts/rules.yaml:7:5",
                                    Map.of("severity", "page" + text),
                                    seconds(5),
                                    seconds(24),
                                    OptionalLong.of(seconds(29)),
                                    OptionalLong.of(seconds(37)),
                                    2.31,
                                    true),
                            new AlertReading(
                                    "control",
                                    "OrdersSlow",
                                    "alerts/rules.yaml:7:5",
                                    Map.of("severity", "page"),
                                    seconds(5),
                                    seconds(24),
                                    OptionalLong.empty(),
                                    OptionalLong.of(seconds(26)),
                                    0.51,
                                    false)),
                    List.of("candidate: no series for QueueFull (alerts/rules.yaml:12:13): {queue_depth}" + text));
        }

        private List<ShippedChange> changes() {
            List<ShippedChange> changes = new ArrayList<>();
            changes.add(new ShippedChange("db" + text, "migrate db/V2__widen.sql", "schema 1", "schema 2", place(20)));
            changes.add(new ShippedChange(
                    "orders",
                    "version 1.0 → 2.0" + text,
                    "sha256:3f2a9c1e77b0d4c8a1f5e2d6b3c4a5968778695a4b3c2d1e0f9a8b7c6d5e4f30" + text,
                    "sha256:81bd77f0a9e2c3d4b5a697887f6e5d4c3b2a190807f6e5d4c3b2a1908f7e6d5c",
                    place(21)));
            for (int n = 2; n < services; n++) {
                changes.add(new ShippedChange(
                        n == 2 ? "catalogue" : "service-" + n,
                        "version 1.0 → 1.1",
                        "sha256:aa2a9c1e77b0d4c8a1f5e2d6b3c4a5968778695a4b3c2d1e0f9a8b7c6d5e4f30",
                        "sha256:bbbd77f0a9e2c3d4b5a697887f6e5d4c3b2a190807f6e5d4c3b2a1908f7e6d5c",
                        place(22)));
            }
            return changes;
        }

        private List<StepReading> steps() {
            List<StepReading> steps = new ArrayList<>(List.of(
                    step(
                            "drain" + text,
                            "http",
                            List.of(),
                            true,
                            0.04,
                            27.6,
                            27.93,
                            "POST http://127.0.0.1:18080/admin/drain → 200"),
                    step(
                            "orders",
                            "revert",
                            List.of("drain"),
                            true,
                            0.48,
                            27.93,
                            31.9,
                            "java -jar orders-1.jar" + text),
                    step("schema", "sql", List.of("orders"), true, 0.1, 31.9, 32.7, "psql -f db/U2__narrow.sql"),
                    step("catalogue", "revert", List.of(), true, 0.36, 32.7, 35.6, "java -jar catalogue-1.jar")));
            for (int n = 4; n < (services > 3 ? 8 : 4); n++) {
                steps.add(step(
                        "extra-" + n,
                        "command",
                        List.of("drain"),
                        false,
                        0.02,
                        29 + n,
                        29.4 + n,
                        "bin/warm cache-" + n));
            }
            if (lastStepFails) {
                Attempt first = new Attempt(
                        1,
                        seconds(35.6),
                        seconds(38.6),
                        "POST http://127.0.0.1:18080/admin/undrain",
                        "timed out",
                        -1,
                        "no answer within 3 s");
                Attempt second = new Attempt(
                        2,
                        seconds(38.8),
                        seconds(40.1),
                        "POST http://127.0.0.1:18080/admin/undrain",
                        "failed",
                        1,
                        "503 Service Unavailable\norders: unknown column channel");
                steps.add(new StepReading(
                        "undrain", "http", place(42), List.of("orders", "schema"), List.of(first, second), true, 0.4));
                steps.add(new StepReading("announce", "command", place(43), List.of("undrain"), List.of(), false, 0));
            } else {
                steps.add(step(
                        "undrain",
                        "http",
                        List.of("orders", "schema", "catalogue"),
                        true,
                        0.02,
                        35.6,
                        35.8,
                        "POST http://127.0.0.1:18080/admin/undrain → 200"));
            }
            return steps;
        }

        private StepReading step(
                String id,
                String verb,
                List<String> needs,
                boolean critical,
                double share,
                double from,
                double until,
                String literal) {
            String output = longOutputs
                    ? "line of output\n".repeat(300)
                    : verb.equals("sql") ? "ALTER TABLE\nUPDATE 412\n" : text;
            Attempt attempt = new Attempt(1, seconds(from), seconds(until), literal, "done", 0, output);
            return new StepReading(id, verb, place(37), needs, List.of(attempt), critical, share);
        }

        private List<RouteFidelity> fidelity() {
            List<RouteFidelity> routes = new ArrayList<>(List.of(
                    new RouteFidelity("POST gateway/orders" + text, true, 402, 1, "", true),
                    new RouteFidelity(
                            "GET gateway/orders/{id}", true, 811, 0.9963, "3 × live 200, control 404" + text, true),
                    new RouteFidelity("GET gateway/catalogue", true, 1204, 1, "", true),
                    new RouteFidelity("GET gateway/catalogue/{id}/reviews", true, 0, 0, "", false)));
            for (int n = 3; n < services * 4; n++) {
                routes.add(new RouteFidelity(
                        "GET gateway/service-" + n + "/items/{id}",
                        n % 2 == 0,
                        100 + n,
                        0.99,
                        "1 × live 200, control 404",
                        true));
            }
            return routes;
        }

        private List<DataReading> data() {
            List<DataReading> data = new ArrayList<>();
            data.add(new DataReading(
                    "db" + text,
                    12904,
                    lost.orElse(0),
                    14,
                    412,
                    3,
                    0,
                    2,
                    lost.orElse(0) > 0 ? List.of("orders.channel: column absent" + text) : List.of(),
                    lost.orElse(0) > 0
                            ? List.of(
                                    "orders key 7d1f…: channel 'web' → absent",
                                    "orders key 90ac…: channel 'app' → absent")
                            : List.of(),
                    List.of()));
            for (int n = 1; n < services; n++) {
                data.add(new DataReading(
                        n == 1 ? "orders" : "service-" + n,
                        1880,
                        0,
                        0,
                        0,
                        0,
                        1,
                        2,
                        List.of(),
                        List.of("files/" + n + ".json: differs in 2 of 40 lines"),
                        n == 1 ? List.of("data/orders/tmp: written by the old version only") : List.of()));
            }
            return data;
        }

        private Series arm(String name, long seed, double slow) {
            Random chance = new Random(seed);
            List<Point> points = new ArrayList<>();
            for (int second = 0; second < secondsLong; second++) {
                boolean bad = slow > 0 && second >= 24 && second < slow + 7 && name.equals("candidate");
                boolean back = name.equals("candidate") && second >= 28 && second < 31;
                long requests = 95 + chance.nextInt(20);
                long p50 = seconds(0.021 + chance.nextDouble() * 0.004 + (second > 22 ? 0.03 : 0) + (bad ? 0.2 : 0));
                long p99 = seconds(0.09 + chance.nextDouble() * 0.06 + (second > 22 ? 0.2 : 0) + (bad ? 1.7 : 0));
                long failures = back ? 60 + chance.nextInt(30) : bad ? chance.nextInt(4) : 0;
                points.add(new Point(
                        seconds(second),
                        second == 17 && name.equals("candidate") ? 0 : requests,
                        second == 17 ? 0 : failures,
                        p50,
                        p99));
            }
            return new Series(name, points);
        }
    }
}
