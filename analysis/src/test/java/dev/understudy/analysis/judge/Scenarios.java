package dev.understudy.analysis.judge;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.LedgerEntry.Route;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.RollbackProcedure.Budget;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Expectation;
import dev.understudy.scenario.Scenario.Steady;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A scenario to be changed before it is built: orders 2.0 in a small shop.
final class Scenarios {
    Trigger trigger = new Trigger.Any();
    List<DeviationSpec> deviations =
            List.of(deviation("slow-payments", Optional.empty(), DeviationSpec.Scope.ALL, false));
    Optional<AcceptedOneWay> accept = Optional.empty();
    long lostWrites;
    String running = "1.0";
    boolean irreversible;
    ShadowSpec.Isolation isolation = ShadowSpec.Isolation.ENFORCED;
    Traffic.Source source = new Traffic.Source.Mirror("gateway");
    Optional<Expectation> expect = Optional.empty();
    RollbackProcedure.Order order = RollbackProcedure.Order.WRITTEN;

    static Place at(int line) {
        return new Place("shop.yaml", line, 5);
    }

    static DeviationSpec deviation(String id, Optional<Duration> lasts, DeviationSpec.Scope on, boolean mustBreach) {
        return new DeviationSpec(
                id,
                at(25),
                "latency",
                new DeviationSpec.Target.OnLink(new Link("orders", "payments")),
                Map.of(),
                Duration.ofSeconds(1),
                lasts,
                on,
                on == DeviationSpec.Scope.ALL ? DeviationSpec.Until.RECOVERY : DeviationSpec.Until.BREACH,
                mustBreach);
    }

    static DeviationSpec gap(String rule) {
        return new DeviationSpec(
                "gap",
                at(26),
                "metric-gap",
                new DeviationSpec.Target.OnRule(rule),
                Map.of(),
                Duration.ofSeconds(1),
                Optional.empty(),
                DeviationSpec.Scope.ALL,
                DeviationSpec.Until.RECOVERY,
                false);
    }

    Scenario build() {
        return new Scenario(
                "orders-2.0",
                at(1),
                "Orders 2.0.",
                42,
                expect,
                new Scenario.LiveSource("shop-topology.yaml", true),
                topology(running),
                new ShadowSpec(Optional.empty(), Map.of(), Map.of("nightly", ShadowSpec.ServiceMode.OFF), isolation),
                new Traffic(source, 1, Optional.empty(), List.of(), new Traffic.Floor(50, 10)),
                List.of(new Change.ToVersion("orders", at(20), "2.0")),
                deviations,
                List.of(
                        rule("errors", new StabilityRule.Metric.ErrorRate(), Quantity.Unit.SHARE, 0.02, "2%", 31),
                        rule("slow", new StabilityRule.Metric.Latency(0.99), Quantity.Unit.TIME, 0.4, "400ms", 32)),
                new BreachPolicy(trigger, Duration.ofSeconds(4)),
                new RollbackProcedure(
                        at(40),
                        new Budget(
                                Duration.ofSeconds(10),
                                Optional.of(Duration.ofSeconds(2)),
                                OptionalLong.of(lostWrites)),
                        order,
                        steps(),
                        accept),
                List.of(new LedgerEntry(
                        at(50),
                        new Route("POST", "gateway", "/orders"),
                        Optional.of("json:/id"),
                        new Route("GET", "gateway", "/orders/{key}"),
                        List.of())),
                List.of(),
                new Steady(Duration.ofSeconds(2), Duration.ofSeconds(10)),
                Optional.empty(),
                Monitoring.NONE);
    }

    private List<Step> steps() {
        return List.of(
                new Step.Http(common("drain", 42, List.of()), "POST", "gateway", "/drain", Optional.of(200)),
                new Step.Revert(common("orders", 43, List.of("drain")), "orders"),
                new Step.Http(
                        common("undrain", 44, List.of("orders")), "POST", "gateway", "/undrain", Optional.of(200)));
    }

    private Step.Common common(String id, int line, List<String> needs) {
        return new Step.Common(id, at(line), needs, Duration.ofSeconds(30), irreversible && id.equals("orders"));
    }

    private static StabilityRule rule(
            String id, StabilityRule.Metric metric, Quantity.Unit unit, double max, String text, int line) {
        return new StabilityRule(
                id,
                at(line),
                metric,
                new StabilityRule.Target.OfService("gateway"),
                new Quantity(unit, max, text),
                Duration.ofSeconds(2),
                OptionalLong.empty());
    }

    private static Topology topology(String running) {
        Map<String, Service> services = new LinkedHashMap<>();
        for (String name : List.of("gateway", "orders", "payments", "nightly")) {
            services.put(name, service(name, Service.Kind.PROCESS, running));
        }
        services.put("db", service("db", Service.Kind.POSTGRES, ""));
        return new Topology("shop", at(1), "", "gateway", services, Optional.empty());
    }

    private static Service service(String name, Service.Kind kind, String version) {
        return new Service(
                name,
                at(5),
                kind,
                kind == Service.Kind.POSTGRES ? Service.Protocol.TCP : Service.Protocol.HTTP,
                List.of(),
                version,
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Service.Stop(Duration.ofSeconds(5)),
                Optional.empty());
    }
}
