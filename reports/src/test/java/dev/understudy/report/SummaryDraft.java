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
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.analysis.RunSummary.Point;
import dev.understudy.analysis.RunSummary.RouteFidelity;
import dev.understudy.analysis.RunSummary.RuleReading;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/// A run of the shop, to be changed before it is built.
final class SummaryDraft {
    String text = "";
    Verdict verdict = Summaries.verdict(
            Decision.NO_GO,
            ChangeFinding.BREACHED,
            RollbackFinding.PROVEN,
            new Reversibility.Reversible(),
            "With payments 400 ms slower, orders 2.0 broke rule slow (p99 2.31 s of 400 ms); orders 1.0 did not.",
            "slow",
            "2.31 s of 400 ms");
    boolean drill;
    OptionalLong recovery = OptionalLong.of(Summaries.seconds(9.24));
    OptionalLong detect = OptionalLong.of(Summaries.seconds(2.31));
    Optional<String> detectedBy = Optional.of("slow");
    OptionalLong downtime = OptionalLong.of(Summaries.seconds(1.2));
    OptionalLong lost = OptionalLong.of(0);
    long lostBudget;
    OptionalDouble writesCompared = OptionalDouble.of(0.984);
    long ledgerLost;
    boolean steps = true;
    boolean compareData = true;
    boolean lastStepFails;
    boolean longOutputs;
    int services = 3;
    int secondsLong = 62;
    double slowUntil = 29;
    Optional<PlanReading> plan = Optional.of(Summaries.plan("kept", Summaries.seconds(3.1), Summaries.seconds(0.5)));
    Optional<ExpectationReading> expectation = Optional.of(new ExpectationReading(Summaries.place(4), "NO_GO", true));
    Optional<String> acceptedOneWay = Optional.empty();
    List<MigrationReading> migrations = List.of();
    List<String> notChecked = List.of(
            "route GET gateway/catalogue/{id}/reviews: no traffic reached it after the change",
            "cookies of sessions that began before the baseline");
    List<RuleReading> rules = List.of(
            Summaries.rule("errors", "error-rate", 0.02, "2%", 0.0137, 0.0, OptionalLong.empty()),
            Summaries.rule("slow", "latency-p99", 0.4, "400ms", 2.31, 0.412, OptionalLong.of(Summaries.seconds(27.3))));
    final List<Mark> marks = new ArrayList<>(List.of(
            new Mark(Mark.Kind.CHANGE, "orders 2.0", Summaries.seconds(16), OptionalLong.empty()),
            new Mark(Mark.Kind.WATCH, "rules watch", Summaries.seconds(20.5), OptionalLong.empty()),
            new Mark(
                    Mark.Kind.DEVIATION,
                    "slow-payments",
                    Summaries.seconds(22.5),
                    OptionalLong.of(Summaries.seconds(58))),
            new Mark(Mark.Kind.FIRST_BAD, "first bad request", Summaries.seconds(25), OptionalLong.empty()),
            new Mark(Mark.Kind.DETECTED, "slow", Summaries.seconds(27.3), OptionalLong.empty()),
            new Mark(Mark.Kind.ROLLBACK, "rollback", Summaries.seconds(27.6), OptionalLong.of(Summaries.seconds(35.8))),
            new Mark(Mark.Kind.RECOVERED, "recovered", Summaries.seconds(36.84), OptionalLong.empty())));
    List<Series> series = List.of();

    RunSummary build() {
        return new RunSummary(
                new Identity(
                        "20261121-114512-orders-2.0" + text,
                        "orders-2.0" + text,
                        Summaries.place(2),
                        text + "Orders 2.0 waits for payments without a timeout.",
                        42,
                        "2026-11-21T11:45:12Z" + text,
                        "Understudy 0.1.0" + text,
                        "./understudy rehearse " + Summaries.FILE + " --seed 42" + text,
                        Map.of(
                                Summaries.FILE,
                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" + text,
                                "topology/shop.yaml",
                                "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
                        Map.of("cpus", "2", "memory", "7.8 GiB", "os", "Linux 6.1, Debian 12" + text)),
                verdict,
                new Figures(
                        recovery,
                        Summaries.seconds(30),
                        detect,
                        detectedBy,
                        drill,
                        downtime,
                        OptionalLong.of(Summaries.seconds(5)),
                        Summaries.seconds(0.7),
                        lost,
                        lost.isPresent() ? OptionalLong.of(14) : OptionalLong.empty(),
                        lost.isPresent() ? OptionalLong.of(3) : OptionalLong.empty(),
                        OptionalLong.of(lostBudget),
                        writesCompared,
                        steps ? Optional.of("orders" + text) : Optional.empty(),
                        0.48,
                        steps ? OptionalLong.of(Summaries.seconds(2.6)) : OptionalLong.empty()),
                changes(),
                rules,
                steps ? steps() : List.of(),
                marks,
                series.isEmpty() ? List.of(arm("candidate", 7, slowUntil), arm("control", 8, 0)) : series,
                new Split(
                        Summaries.seconds(96.4),
                        Summaries.seconds(71),
                        Summaries.seconds(8.3),
                        Summaries.seconds(6.5),
                        Summaries.seconds(7.4),
                        Summaries.seconds(3.2)),
                fidelity(),
                compareData ? data() : List.of(),
                compareData
                        ? List.of(new LedgerReading(
                                "POST gateway/orders" + text,
                                Summaries.place(47),
                                412,
                                ledgerLost,
                                0,
                                Summaries.seconds(8.4),
                                ledgerLost > 0 ? List.of("key 7d1f…: channel is absent" + text) : List.of()))
                        : List.of(),
                plan,
                List.of(new DeviationReading(
                        "slow-payments" + text,
                        "latency",
                        Summaries.place(25),
                        "orders->payments",
                        "both arms",
                        "400ms, step",
                        steps ? "median +401 ms, p99 +409 ms of 2,113 requests" + text : "",
                        OptionalLong.of(Summaries.seconds(22.5)),
                        OptionalLong.of(Summaries.seconds(58)),
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
                                        Summaries.seconds(8.2),
                                        "recovered" + text),
                                new TrialReading(
                                        2,
                                        "proposed",
                                        true,
                                        OptionalLong.of(Summaries.seconds(6.0)),
                                        Summaries.seconds(5.2),
                                        "recovered"),
                                new TrialReading(
                                        3,
                                        "written" + text,
                                        true,
                                        OptionalLong.of(Summaries.seconds(9.4)),
                                        Summaries.seconds(8.4),
                                        "recovered"))
                        : List.of(),
                steps ? Used.profiles(names(), secondsLong) : List.of(),
                steps ? Used.blast(names()) : BlastRadius.none(),
                steps ? alerts() : AlertsReading.NONE,
                text.isEmpty() ? migrations : List.of(Summaries.migration(text, false, "did not start")));
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
                Summaries.seconds(60),
                List.of(
                        new AlertReading(
                                "candidate",
                                "OrdersSlow" + text,
                                "alerts/rules.yaml:7:5",
                                Map.of("severity", "page" + text),
                                Summaries.seconds(5),
                                Summaries.seconds(24),
                                OptionalLong.of(Summaries.seconds(29)),
                                OptionalLong.of(Summaries.seconds(37)),
                                2.31,
                                true),
                        new AlertReading(
                                "control",
                                "OrdersSlow",
                                "alerts/rules.yaml:7:5",
                                Map.of("severity", "page"),
                                Summaries.seconds(5),
                                Summaries.seconds(24),
                                OptionalLong.empty(),
                                OptionalLong.of(Summaries.seconds(26)),
                                0.51,
                                false)),
                List.of("candidate: no series for QueueFull (alerts/rules.yaml:12:13): {queue_depth}" + text));
    }

    private List<ShippedChange> changes() {
        List<ShippedChange> changes = new ArrayList<>();
        changes.add(new ShippedChange(
                "db" + text, "migrate db/V2__widen.sql", "schema 1", "schema 2", Summaries.place(20)));
        changes.add(new ShippedChange(
                "orders",
                "version 1.0 → 2.0" + text,
                "sha256:3f2a9c1e77b0d4c8a1f5e2d6b3c4a5968778695a4b3c2d1e0f9a8b7c6d5e4f30" + text,
                "sha256:81bd77f0a9e2c3d4b5a697887f6e5d4c3b2a190807f6e5d4c3b2a1908f7e6d5c",
                Summaries.place(21)));
        for (int n = 2; n < services; n++) {
            changes.add(new ShippedChange(
                    n == 2 ? "catalogue" : "service-" + n,
                    "version 1.0 → 1.1",
                    "sha256:aa2a9c1e77b0d4c8a1f5e2d6b3c4a5968778695a4b3c2d1e0f9a8b7c6d5e4f30",
                    "sha256:bbbd77f0a9e2c3d4b5a697887f6e5d4c3b2a190807f6e5d4c3b2a1908f7e6d5c",
                    Summaries.place(22)));
        }
        return changes;
    }

    List<StepReading> steps() {
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
                step("orders", "revert", List.of("drain"), true, 0.48, 27.93, 31.9, "java -jar orders-1.jar" + text),
                step("schema", "sql", List.of("orders"), true, 0.1, 31.9, 32.7, "psql -f db/U2__narrow.sql"),
                step("catalogue", "revert", List.of(), true, 0.36, 32.7, 35.6, "java -jar catalogue-1.jar")));
        for (int n = 4; n < (services > 3 ? 8 : 4); n++) {
            steps.add(step(
                    "extra-" + n, "command", List.of("drain"), false, 0.02, 29 + n, 29.4 + n, "bin/warm cache-" + n));
        }
        if (lastStepFails) {
            Attempt first = new Attempt(
                    1,
                    Summaries.seconds(35.6),
                    Summaries.seconds(38.6),
                    "POST http://127.0.0.1:18080/admin/undrain",
                    "timed out",
                    -1,
                    "no answer within 3 s");
            Attempt second = new Attempt(
                    2,
                    Summaries.seconds(38.8),
                    Summaries.seconds(40.1),
                    "POST http://127.0.0.1:18080/admin/undrain",
                    "failed",
                    1,
                    "503 Service Unavailable\norders: unknown column channel");
            steps.add(new StepReading(
                    "undrain",
                    "http",
                    Summaries.place(42),
                    List.of("orders", "schema"),
                    List.of(first, second),
                    true,
                    0.4));
            steps.add(new StepReading(
                    "announce", "command", Summaries.place(43), List.of("undrain"), List.of(), false, 0));
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
        String output =
                longOutputs ? "line of output\n".repeat(300) : verb.equals("sql") ? "ALTER TABLE\nUPDATE 412\n" : text;
        Attempt attempt = new Attempt(1, Summaries.seconds(from), Summaries.seconds(until), literal, "done", 0, output);
        return new StepReading(id, verb, Summaries.place(37), needs, List.of(attempt), critical, share);
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
                                "orders key 7d1f…: channel 'web' → absent", "orders key 90ac…: channel 'app' → absent")
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
            long p50 =
                    Summaries.seconds(0.021 + chance.nextDouble() * 0.004 + (second > 22 ? 0.03 : 0) + (bad ? 0.2 : 0));
            long p99 = Summaries.seconds(0.09 + chance.nextDouble() * 0.06 + (second > 22 ? 0.2 : 0) + (bad ? 1.7 : 0));
            long failures = back ? 60 + chance.nextInt(30) : bad ? chance.nextInt(4) : 0;
            points.add(new Point(
                    Summaries.seconds(second),
                    second == 17 && name.equals("candidate") ? 0 : requests,
                    second == 17 ? 0 : failures,
                    p50,
                    p99));
        }
        return new Series(name, points);
    }
}
