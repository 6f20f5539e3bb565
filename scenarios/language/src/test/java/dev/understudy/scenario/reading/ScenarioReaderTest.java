package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenarioReaderTest {
    private final Scenario scenario = Fixtures.reader()
            .scenario(Fixtures.tree(Fixtures.scenario(), Fixtures.topology()), Fixtures.SCENARIO)
            .orThrow();

    @Test
    void theWholeExampleIsRead() {
        assertThat(scenario.name()).isEqualTo("orders-2.0");
        assertThat(scenario.place()).isEqualTo(new Place(Fixtures.SCENARIO, 2, 1));
        assertThat(scenario.seed()).isEqualTo(42);
        assertThat(scenario.live())
                .isEqualTo(new Scenario.LiveSource(
                        "topology/shop.yaml",
                        true,
                        new Scenario.LiveLimits(
                                Optional.of(Duration.ofMillis(500)), OptionalDouble.of(0.9), OptionalDouble.empty())));
        assertThat(scenario.shadow().data()).containsEntry("db", new DataSource.Snapshot());
        assertThat(scenario.shadow().maxPause()).contains(Duration.ofMillis(300));
        assertThat(scenario.shadow().mode("mailer")).isEqualTo(ServiceMode.OFF);
        assertThat(scenario.shadow().omits("nightly")).isTrue();
        assertThat(scenario.traffic().sample()).isEqualTo(0.2);
        assertThat(scenario.traffic().redact())
                .contains(new Traffic.Redaction(Traffic.Redaction.Kind.JSON, "/card/number"));
        assertThat(scenario.changes().get(1))
                .isEqualTo(new Change.ToVersion("orders", new Place(Fixtures.SCENARIO, 19, 5), "2.0"));
        assertThat(scenario.breach().within()).isEqualTo(Duration.ofSeconds(30));
        assertThat(scenario.optimize().orElseThrow().pairs()).isEqualTo(3);
        assertThat(scenario.expected()).hasSize(3);
    }

    @Test
    void deviationsGetTheDefaultsOfTheirKind() {
        DeviationSpec slow = scenario.deviations().getFirst();
        assertThat(slow.target()).isEqualTo(new DeviationSpec.Target.OnLink(new Link("orders", "payments")));
        assertThat(slow.parameter("by").asDuration()).isEqualTo(Duration.ofMillis(400));
        assertThat(slow.parameter("jitter").asDuration()).isZero();
        assertThat(slow.parameter("share").asShare()).isEqualTo(1);
        assertThat(slow.until()).isEqualTo(DeviationSpec.Until.RECOVERY);
        assertThat(scenario.deviations().get(1).on()).isEqualTo(DeviationSpec.Scope.CANDIDATE);
    }

    @Test
    void rulesHaveTheUnitOfTheirMetric() {
        assertThat(scenario.stability().get(0).bound().fixed().asShare()).isEqualTo(0.02);
        assertThat(scenario.stability().get(1).bound().fixed().asDuration()).isEqualTo(Duration.ofMillis(400));
        assertThat(scenario.stability().get(2).bound().fixed().asCount()).isZero();
        assertThat(scenario.stability().get(3).metric()).isInstanceOfSatisfying(Metric.Latency.class, latency -> {
            assertThat(latency.quantile()).isEqualTo(0.999);
            assertThat(latency).hasToString("latency-p99.9");
        });
    }

    @Test
    void stepsOfEveryVerbAreRead() {
        assertThat(scenario.rollback().step("drain")).isInstanceOfSatisfying(Step.Http.class, http -> {
            assertThat(http.method()).isEqualTo("POST");
            assertThat(http.service()).isEqualTo("gateway");
            assertThat(http.path()).isEqualTo("/admin/drain");
            assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(scenario.rollback().step("schema").needs()).containsExactly("orders");
        assertThat(scenario.rollback().step("schema").timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(scenario.rollback().step("tell").common().irreversible()).isTrue();
        assertThat(((Step.Command) scenario.rollback().step("tell")).command())
                .containsExactly("notify", "--level", "3");
        assertThat(((Step.WaitUntil) scenario.rollback().step("answers")).condition())
                .isEqualTo(new Step.Condition.Answers("orders", "/health", 204));
        assertThat(((Step.WaitUntil) scenario.rollback().step("empty")).condition())
                .isEqualTo(new Step.Condition.Query("db", "select count(*) from queue", "0"));
    }

    @Test
    void stepsSayHowTheyAreTriedAndWhatMustHold() {
        Step again = scenario.rollback().step("again");
        assertThat(again.common().retry()).isEqualTo(new Step.Retry(4, Duration.ofMillis(200), Duration.ofSeconds(30)));
        assertThat(again.common().uses()).containsExactly("desk");
        assertThat(scenario.rollback().capacity()).containsExactly(Map.entry("desk", 2));
        assertThat(scenario.rollback().step("call")).isInstanceOfSatisfying(Step.Manual.class, manual -> {
            assertThat(manual.task()).isEqualTo("Call the bank.");
            assertThat(manual.takes()).isEqualTo(Duration.ofSeconds(90));
            assertThat(manual.timeout()).isGreaterThan(manual.takes());
            assertThat(manual.common().given()).containsExactly(new Step.Condition.Healthy("orders"));
        });
        assertThat(scenario.rollback().step("list").common().retry()).isEqualTo(Step.Retry.NEVER);
    }

    @Test
    void eachFurtherAttemptIsWaitedForTwiceAsLongUpToAnEnd() {
        Step.Retry retry = new Step.Retry(100, Duration.ofMillis(200), Duration.ofSeconds(30));
        assertThat(IntStream.of(1, 2, 3, 4, 100).mapToObj(retry::before))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(30));
    }

    @Test
    void theTopologyComesWithItsLinksAndDefaults() {
        Topology topology = scenario.topology();
        assertThat(topology.directory()).isEqualTo("shop/topology");
        assertThat(topology.services().keySet())
                .containsExactly("db", "payments", "mailer", "nightly", "catalogue", "orders", "gateway");
        assertThat(topology.links()).contains(new Link("gateway", "orders"), new Link("nightly", "db"));
        assertThat(topology.service("catalogue").instances()).isEqualTo(2);
        assertThat(topology.service("db").protocol()).isEqualTo(Service.Protocol.TCP);
        assertThat(topology.service("payments").health())
                .contains(new Service.Health(Optional.empty(), Duration.ofSeconds(30)));
        assertThat(topology.service("nightly").health()).isEmpty();
        assertThat(topology.service("payments").stop().grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(topology.mirror().orElseThrow().feed()).isEqualTo(new Endpoint("127.0.0.1", 8091));
    }

    @Test
    void theSmallestScenarioGetsTheDocumentedDefaults() {
        Scenario small = Fixtures.reader()
                .scenario(
                        SourceTree.of(java.util.Map.of(
                                "s.yaml", Fixtures.resource("small.yaml"),
                                "t.yaml", Fixtures.resource("small-topology.yaml"),
                                "day.jsonl", "{}")),
                        "s.yaml")
                .orThrow();
        assertThat(small.seed()).isEqualTo(1);
        assertThat(small.live().guard()).isEqualTo(Scenario.LiveLimits.USUAL);
        assertThat(small.traffic().sample()).isEqualTo(1);
        assertThat(small.traffic().floor()).isEqualTo(new Traffic.Floor(200, 20));
        assertThat(small.steady()).isEqualTo(new Scenario.Steady(Duration.ofSeconds(5), Duration.ofSeconds(60)));
        assertThat(small.breach().trigger()).isEqualTo(new Scenario.Trigger.Any());
        assertThat(small.rollback().budget().downtime()).isEmpty();
        assertThat(small.optimize()).isEmpty();
        assertThat(small.topology().directory()).isEmpty();
    }

    @Test
    void aJournalsTextsAreReadWithoutTheFilesTheyName() {
        SourceTree texts = SourceTree.of(
                java.util.Map.of(Fixtures.SCENARIO, Fixtures.scenario(), Fixtures.TOPOLOGY, Fixtures.topology()));
        assertThat(Fixtures.reader().scenario(texts, Fixtures.SCENARIO).problems())
                .hasSize(3);
        assertThat(Fixtures.reader()
                        .withoutFiles()
                        .scenario(texts, Fixtures.SCENARIO)
                        .orThrow())
                .isEqualTo(scenario);
    }
}
