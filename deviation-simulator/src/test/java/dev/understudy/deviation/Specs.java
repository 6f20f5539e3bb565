package dev.understudy.deviation;

import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.DeviationSpec.Scope;
import dev.understudy.scenario.DeviationSpec.Target;
import dev.understudy.scenario.DeviationSpec.Until;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Deviations as a scenario would write them.
final class Specs {
    static final Link LINK = new Link("orders", "payments");
    private static final Quantity BY = new Quantity(Quantity.Unit.TIME, 0.4, "400ms");

    private Specs() {}

    static DeviationSpec latency(String id, long afterMillis, long lastsMillis) {
        return new DeviationSpec(
                id,
                new Place("a.yaml", 1, 1),
                "latency",
                new Target.OnLink(LINK),
                Map.of("by", BY),
                Duration.ofMillis(afterMillis),
                Optional.of(Duration.ofMillis(lastsMillis)),
                Scope.ALL,
                Until.RECOVERY,
                false);
    }

    static DeviationSpec lasting(DeviationSpec spec) {
        return with(spec, spec.kind(), spec.target(), spec.parameters(), spec.on(), spec.until());
    }

    static DeviationSpec untilBreach(DeviationSpec spec) {
        return with(spec, spec.kind(), spec.target(), spec.parameters(), Scope.CANDIDATE, Until.BREACH);
    }

    static DeviationSpec refuse(String existing) {
        Quantity word = new Quantity(Quantity.Unit.WORD, 0, existing);
        DeviationSpec base = latency("r", 0, 0);
        return with(base, "refuse", base.target(), Map.of("existing", word), base.on(), base.until());
    }

    static DeviationSpec kill(String service) {
        DeviationSpec base = latency("k", 0, 0);
        return with(base, "kill", new Target.OnService(service), Map.of(), base.on(), base.until());
    }

    static DeviationSpec pause(String service) {
        DeviationSpec base = latency("p", 0, 0);
        return with(base, "pause", new Target.OnService(service), Map.of(), base.on(), base.until());
    }

    /// Of every fourth GET below `/notes`.
    static DeviationSpec http(String kind, String parameter, Quantity value) {
        DeviationSpec base = latency("h", 0, 0);
        Map<String, Quantity> parameters = Map.of(
                parameter,
                value,
                "share",
                new Quantity(Quantity.Unit.SHARE, 0.25, "25%"),
                "method",
                new Quantity(Quantity.Unit.WORD, 0, "get"),
                "path",
                new Quantity(Quantity.Unit.WORD, 0, "/notes"));
        return with(base, kind, base.target(), parameters, base.on(), base.until());
    }

    static DeviationSpec gap(String rule) {
        DeviationSpec base = latency("g", 0, 0);
        return with(base, "metric-gap", new Target.OnRule(rule), Map.of(), base.on(), base.until());
    }

    private static DeviationSpec with(
            DeviationSpec spec, String kind, Target target, Map<String, Quantity> parameters, Scope on, Until until) {
        return new DeviationSpec(
                spec.id(),
                spec.place(),
                kind,
                target,
                parameters,
                spec.after(),
                Optional.empty(),
                on,
                until,
                spec.mustBreach());
    }
}
