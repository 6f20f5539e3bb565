package dev.understudy.runtime.simulated;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A shop as a model, and a rehearsal of each release of its orders:
///
/// ```
/// users → gateway ─→ catalogue ──→ db
///                 └→ orders ─┬───→ db
///                            └───→ payments
/// ```
public final class SampleWorlds {
    /// Releases of orders by what becomes of them.
    public static final String GOOD = "2.0-good";

    /// Waits for payments without a time-out.
    public static final String NO_TIMEOUT = "2.0-no-timeout";

    /// Its undo migration deletes what it wrote.
    public static final String LOSSY = "2.0-lossy";

    /// Writes amounts that 1.0 can't read.
    public static final String UNREADABLE = "2.0-unreadable";

    private static final String WIDEN = "db/V2__widen.sql";
    private static final String NARROW = "db/U2__narrow.sql";
    private static final String LOSSY_NARROW = "db/U2__lossy.sql";
    private static final String HISTORY = "flyway_schema_history";
    private static final Optional<Duration> PATIENT = Optional.of(SampleShop.PATIENCE_WITH_PAYMENTS);

    private SampleWorlds() {}

    /// The shop, running 1.0 of everything.
    public static SimulatedWorld shop() {
        return SimulatedWorld.named("shop", "gateway")
                .with(ServiceModel.http("gateway", VersionModel.of("1.0", SampleShop::gateway))
                        .calling("catalogue", "orders"))
                .with(ServiceModel.http("catalogue", VersionModel.of("1.0", SampleShop::catalogue))
                        .or(VersionModel.of("1.1", SampleShop::catalogue))
                        .calling("db"))
                .with(orders())
                .with(ServiceModel.http(
                        "payments",
                        VersionModel.of("1.0", SampleShop::payments)
                                .servingIn(new Lognormal(Duration.ofMillis(8), 0.4))))
                .with(ServiceModel.store("db", SampleShop::database))
                .with(Script.migration(WIDEN, tables -> tables.table("orders").addColumn("channel")))
                .with(Script.undo(NARROW, tables -> tables.table("orders").dropColumn("channel")))
                .with(Script.undo(LOSSY_NARROW, SampleWorlds::narrowWithLoss));
    }

    private static ServiceModel orders() {
        return ServiceModel.http("orders", VersionModel.of("1.0", new SampleShop.Orders(PATIENT, false, "")))
                .or(VersionModel.of(GOOD, new SampleShop.Orders(PATIENT, true, "")))
                .or(VersionModel.of(NO_TIMEOUT, new SampleShop.Orders(Optional.empty(), true, "")))
                .or(VersionModel.of(LOSSY, new SampleShop.Orders(PATIENT, true, "")))
                .or(VersionModel.of(UNREADABLE, new SampleShop.Orders(PATIENT, true, "EUR ")))
                .calling("payments", "db");
    }

    private static void narrowWithLoss(Tables tables) {
        Tables.Table orders = tables.table("orders");
        orders.rows().stream()
                .filter(row -> row.containsKey("channel"))
                .forEach(row -> orders.delete(row.getOrDefault("id", "")));
        orders.dropColumn("channel");
    }

    /// The release of orders in [#selfMigratingShop] that migrates when it starts.
    public static final String SELF_MIGRATING = "2.0-self";

    /// What takes its migration back whole, and what forgets the migration history.
    public static final String TAKE_BACK = "db/U2__self.sql";

    public static final String TAKE_BACK_SCHEMA_ONLY = "db/U2__schema-only.sql";

    /// The shop with a migration history, in which orders `2.0-self` adds a column and a table when it
    /// starts.
    ///
    /// @param declared whether the topology says so
    /// @param strict whether orders 1.0 refuses to start on a schema that it doesn't know
    public static SimulatedWorld selfMigratingShop(boolean declared, boolean strict) {
        VersionModel old = VersionModel.of("1.0", new SampleShop.Orders(PATIENT, false, ""));
        VersionModel strictly = old.refusing(
                stores -> stores.of("db").table(HISTORY).find("2").map(_ -> "schema 2 is newer than this program"));
        SimulatedWorld world = SimulatedWorld.named("shop", "gateway");
        for (ServiceModel service : shop().services()) {
            world = world.with(
                    switch (service.name()) {
                        case "orders" ->
                            ServiceModel.http("orders", strict ? strictly : old)
                                    .or(VersionModel.of(SELF_MIGRATING, new SampleShop.Orders(PATIENT, true, ""))
                                            .migrating(new VersionModel.Migration(
                                                    "db", declared, SampleWorlds::migrateOnce)))
                                    .calling("payments", "db");
                        case "db" -> ServiceModel.store("db", SampleWorlds::databaseWithHistory);
                        default -> service;
                    });
        }
        return world.with(Script.undo(TAKE_BACK, tables -> {
                    dropWhatMigrated(tables);
                    tables.table(HISTORY).delete("2");
                }))
                .with(Script.undo(TAKE_BACK_SCHEMA_ONLY, SampleWorlds::dropWhatMigrated));
    }

    private static Tables databaseWithHistory() {
        Tables tables = SampleShop.database().create(HISTORY, "version", "description");
        tables.table(HISTORY).put(Map.of("version", "1", "description", "shop"));
        return tables;
    }

    private static void migrateOnce(Tables tables) {
        if (tables.table(HISTORY).find("2").isEmpty()) {
            tables.table("orders").addColumn("channel");
            tables.create("channels", "id");
            tables.table(HISTORY).put(Map.of("version", "2", "description", "channel"));
        }
    }

    private static void dropWhatMigrated(Tables tables) {
        tables.table("orders").dropColumn("channel");
        tables.drop("channels");
    }

    /// What users of the shop do.
    public static Visitor shopper() {
        return SampleShop::visit;
    }

    /// A rehearsal of one release of orders, with payments slow by 400 ms and the way back in five steps.
    ///
    /// @param release one of the versions of orders
    /// @param pairs how many pairs the optimizer gets; 0 leaves it out
    public static Scenario rehearsal(String release, long seed, int pairs) {
        return rehearsal(shop(), release, seed, pairs);
    }

    /// The same rehearsal on another world, which needs what the scenario names: a gateway, orders and a db.
    public static Scenario rehearsal(SimulatedWorld world, String release, long seed, int pairs) {
        return new Scenario(
                "orders-" + release,
                at(1),
                "Orders " + release + " in the sample shop.",
                seed,
                Optional.empty(),
                new Scenario.LiveSource("shop.world", !world.liveRuns()),
                world.topology(),
                new ShadowSpec(
                        Optional.empty(),
                        Map.of("db", new ShadowSpec.DataSource.Snapshot()),
                        Map.of(),
                        ShadowSpec.Isolation.ENFORCED),
                new Traffic(
                        new Traffic.Source.Mirror("gateway"),
                        1,
                        Optional.of(new Traffic.SessionKey(Traffic.SessionKey.Where.COOKIE, "session")),
                        List.of(),
                        new Traffic.Floor(100, 20)),
                List.of(new Change.Migration("db", at(3), WIDEN), new Change.ToVersion("orders", at(4), release)),
                List.of(slowPayments()),
                List.of(
                        rule("errors", new StabilityRule.Metric.ErrorRate(), share(0.02, "2%"), 8),
                        rule("slow", new StabilityRule.Metric.Latency(0.99), time(0.4, "400ms"), 9)),
                new Scenario.BreachPolicy(new Scenario.Trigger.Any(), Duration.ofSeconds(15)),
                rollback(release.equals(LOSSY) ? LOSSY_NARROW : NARROW),
                List.of(new LedgerEntry(
                        at(20),
                        new LedgerEntry.Route("POST", "gateway", "/orders"),
                        Optional.of("/id"),
                        new LedgerEntry.Route("GET", "gateway", "/orders/{key}"),
                        List.of())),
                List.of(new Scenario.ExpectedDifference(
                        at(21), "db", Scenario.ExpectedDifference.What.COLUMN, "orders.channel", "new in 2.0")),
                new Scenario.Steady(Duration.ofSeconds(5), Duration.ofSeconds(60)),
                pairs == 0
                        ? Optional.empty()
                        : Optional.of(new Scenario.OptimizeSpec(pairs, Scenario.Objective.RECOVERY)),
                Monitoring.NONE);
    }

    private static DeviationSpec slowPayments() {
        Map<String, Quantity> parameters =
                Map.of("by", time(0.4, "400ms"), "profile", new Quantity(Quantity.Unit.WORD, 0, "step"));
        return new DeviationSpec(
                "slow-payments",
                at(6),
                "latency",
                new DeviationSpec.Target.OnLink(new Link("orders", "payments")),
                parameters,
                Duration.ofSeconds(2),
                Optional.empty(),
                DeviationSpec.Scope.ALL,
                DeviationSpec.Until.RECOVERY,
                false);
    }

    private static StabilityRule rule(String id, StabilityRule.Metric metric, Quantity max, int line) {
        return new StabilityRule(
                id,
                at(line),
                metric,
                new StabilityRule.Target.OfService("gateway"),
                max,
                Duration.ofSeconds(2),
                OptionalLong.of(20));
    }

    private static RollbackProcedure rollback(String undo) {
        List<Step> steps = List.of(
                new Step.Http(step("drain", 13), "POST", "gateway", "/admin/drain", Optional.of(200)),
                new Step.Revert(step("orders", 14, "drain"), "orders"),
                new Step.Sql(step("schema", 15, "orders"), "db", undo),
                new Step.Revert(step("catalogue", 16), "catalogue"),
                new Step.Http(
                        step("undrain", 17, "orders", "schema", "catalogue"),
                        "POST",
                        "gateway",
                        "/admin/undrain",
                        Optional.empty()));
        RollbackProcedure.Budget budget = new RollbackProcedure.Budget(
                Duration.ofSeconds(30), Optional.of(Duration.ofSeconds(5)), OptionalLong.of(0));
        return new RollbackProcedure(at(11), budget, RollbackProcedure.Order.WRITTEN, steps, Optional.empty());
    }

    private static Step.Common step(String id, int line, String... needs) {
        return new Step.Common(id, at(line), List.of(needs), Duration.ofSeconds(30), false);
    }

    private static Quantity time(double seconds, String text) {
        return new Quantity(Quantity.Unit.TIME, seconds, text);
    }

    private static Quantity share(double share, String text) {
        return new Quantity(Quantity.Unit.SHARE, share, text);
    }

    private static Place at(int line) {
        return new Place("orders.yaml", line, 1);
    }
}
