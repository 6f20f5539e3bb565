package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Count;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.NoData;
import dev.understudy.scenario.StabilityRule.Resource;
import dev.understudy.scenario.StabilityRule.Sampling;
import dev.understudy.scenario.StabilityRule.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What rules, sources, triggers and alerts that a file names become.
class MonitoredScenarioTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Scenario SCENARIO = Fixtures.reader()
            .scenario(Fixtures.tree(Fixtures.scenario(), Fixtures.topology()), Fixtures.MONITORED)
            .orThrow();

    private static StabilityRule rule(String id) {
        return SCENARIO.stability().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static MetricSource source(String id) {
        return ((Metric.Sampled) rule(id).metric()).source();
    }

    static Stream<List<Object>> metrics() {
        return Stream.of(
                List.of("errors", new Metric.ErrorRate(), new Target.OfService("gateway")),
                List.of("slow", new Metric.Latency(0.99), new Target.OfLink(new Link("orders", "payments"))),
                List.of("unavailable", new Metric.Status(503, 503), new Target.OfService("gateway")),
                List.of("refused", new Metric.Status(400, 499), new Target.OfService("gateway")),
                List.of("cpu", new Metric.Use(Resource.CPU), new Target.OfService("orders")),
                List.of("memory", new Metric.Use(Resource.MEMORY), new Target.OfService("orders")),
                List.of("threads", new Metric.Use(Resource.THREADS), new Target.OfService("orders")));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aMetricIsOfItsTarget(List<Object> row) {
        StabilityRule rule = rule((String) row.getFirst());

        assertThat(rule.metric()).isEqualTo(row.get(1));
        assertThat(rule.target()).isEqualTo(row.get(2));
    }

    @Test
    void eachSourceIsAskedAsTheFileSays() {
        assertThat(source("queue"))
                .isEqualTo(new MetricSource.Scrape("orders", "/metrics", "queue_depth{queue=\"mail\"}"));
        assertThat(source("burn").asked()).startsWith("sum(rate(orders_failed_total[10s]))");
        assertThat(source("smoke")).isInstanceOfSatisfying(MetricSource.Command.class, smoke -> {
            assertThat(smoke.command()).containsExactly("./smoke.sh", "--fast");
            assertThat(smoke.measure()).isEqualTo(MetricSource.Measure.FAILURES);
            assertThat(smoke.timeout()).isEqualTo(Duration.ofSeconds(2));
        });
        assertThat(source("backlog")).isInstanceOfSatisfying(MetricSource.Command.class, backlog -> {
            assertThat(backlog.measure()).isEqualTo(MetricSource.Measure.VALUE);
            assertThat(backlog.environment().get("AT")).hasToString("${gateway.address}");
        });
        assertThat(source("unpaid")).isInstanceOfSatisfying(MetricSource.Sql.class, unpaid -> {
            assertThat(unpaid.service()).contains("db");
            assertThat(unpaid.query()).isEqualTo("select count(*) from orders where paid is null");
        });
        assertThat(source("ready")).isInstanceOfSatisfying(MetricSource.Http.class, ready -> {
            assertThat(ready.asked()).isEqualTo("GET orders/health");
            assertThat(ready.status()).contains(200);
            assertThat(ready.measure()).isEqualTo(MetricSource.Measure.FAILURES);
        });
        assertThat(source("stock")).isInstanceOfSatisfying(MetricSource.Http.class, stock -> {
            assertThat(stock.service()).contains("catalogue");
            assertThat(stock.asked()).isEqualTo("GET catalogue/stock json:/left");
            assertThat(stock.measure()).isEqualTo(MetricSource.Measure.VALUE);
        });
        assertThat(Stream.of("queue", "burn", "smoke", "unpaid", "ready")
                        .map(MonitoredScenarioTest::source)
                        .map(MetricSource::word))
                .containsExactly("scrape", "promql", "command", "sql", "http");
        assertThat(source("burn").service()).isEmpty();
        assertThat(rule("stock").metric()).hasToString("http GET catalogue/stock json:/left");
        assertThat(rule("ready").metric()).hasToString("failures of http GET orders/health");
        assertThat(rule("queue").metric()).hasToString("scrape queue_depth{queue=\"mail\"}");
    }

    @Test
    void samplesAreTakenAndCountedAsTheFileSays() {
        assertThat(rule("errors").sampling()).isEqualTo(new Sampling(SECOND, NoData.BREACH, Optional.empty()));
        assertThat(rule("slow").sampling()).isEqualTo(Sampling.USUAL);
        assertThat(rule("threads").sampling().every()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rule("threads").lasting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rule("queue").sampling())
                .isEqualTo(new Sampling(Duration.ofSeconds(2), NoData.INCONCLUSIVE, Optional.of(new Count(3, 5))));
    }

    @Test
    void limitsMayBeMultiplesWithSomethingOnTop() {
        Bound errors = rule("errors").bound();
        assertThat(errors.isAgainst(Bound.Against.CONTROL)).isTrue();
        assertThat(errors.isAgainst(Bound.Against.BASELINE)).isFalse();
        assertThat(errors.limit(OptionalDouble.of(0.5))).hasValue(0.76);
        assertThat(errors.limit(OptionalDouble.empty())).isEmpty();
        assertThat(rule("slow").bound().isAgainst(Bound.Against.BASELINE)).isTrue();
        assertThat(rule("memory").bound().limit(OptionalDouble.of(0))).hasValue(64 << 20);
        Bound cpu = rule("cpu").bound();
        assertThat(cpu.isAgainst(Bound.Against.CONTROL)).isFalse();
        assertThat(cpu.limit(OptionalDouble.empty())).hasValue(1.5);
    }

    @Test
    void aLimitIsBrokenBeyondItAndNotAtIt() {
        Bound most = rule("cpu").bound();
        assertThat(most.isBeyond(1.5, 1.5)).isFalse();
        assertThat(most.isBeyond(1.6, 1.5)).isTrue();
        assertThat(most.worse(1, 2)).isEqualTo(2);
        assertThat(most.isBeyond(Double.MAX_VALUE, most.unreachable())).isFalse();
        Bound least = rule("stock").bound();
        assertThat(least.isBeyond(1, 1)).isFalse();
        assertThat(least.isBeyond(0.5, 1)).isTrue();
        assertThat(least.worse(1, 2)).isEqualTo(1);
        assertThat(least.isBeyond(-Double.MAX_VALUE, least.unreachable())).isFalse();
    }

    @Test
    void pagesAreScrapedAsTheFileSays() {
        assertThat(SCENARIO.monitoring().scrapes())
                .extracting(
                        Monitoring.Scrape::service,
                        Monitoring.Scrape::path,
                        Monitoring.Scrape::job,
                        Monitoring.Scrape::every)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orders", "/metrics", "orders", SECOND),
                        org.assertj.core.groups.Tuple.tuple(
                                "gateway", "/internal/metrics", "edge", Duration.ofSeconds(2)));
    }

    @Test
    void alertsComeWithTheRulesOfTheirFiles() {
        Monitoring.Alerting alerts = SCENARIO.monitoring().alerts().orElseThrow();

        assertThat(alerts.files()).containsExactly("alerts/rules.yaml");
        assertThat(alerts.every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(alerts.rules().groups()).hasSize(1);
        assertThat(alerts.place()).isEqualTo(new Place(Fixtures.MONITORED, 35, 11));
    }

    @Test
    void triggersNest() {
        assertThat(SCENARIO.breach().trigger())
                .isEqualTo(new Trigger.Of(
                        3,
                        List.of(
                                new Trigger.Rule("errors"),
                                new Trigger.Of(1, List.of(new Trigger.Rule("slow"), new Trigger.Code(500, 599, 10))),
                                new Trigger.Of(
                                        2,
                                        List.of(
                                                new Trigger.Rule("queue"),
                                                new Trigger.Rule("burn"),
                                                new Trigger.Rule("smoke"))))));
    }

    @Test
    void aCodeCountsItsFamilyOrItself() {
        Trigger.Code family = new Trigger.Code(500, 599, 10);
        assertThat(Stream.of(499, 500, 599, 600).filter(family::counts)).containsExactly(500, 599);
        assertThat(family.shown()).isEqualTo("5xx");
        Trigger.Code one = new Trigger.Code(503, 2);
        assertThat(Stream.of(502, 503, 504).filter(one::counts)).containsExactly(503);
        assertThat(one.shown()).isEqualTo("503");
    }
}
