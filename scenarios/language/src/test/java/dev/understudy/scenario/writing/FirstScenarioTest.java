package dev.understudy.scenario.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.reading.ScenarioReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A first scenario needs no edit to be read.
class FirstScenarioTest {
    private static final ScenarioReader READER = new ScenarioReader(List.of());

    private static final String SHOP = """
            topology: shop
            entry: gateway
            %s
            services:
              db: {kind: postgres, at: "127.0.0.1:15432", database: shop}
              payments: {at: "127.0.0.1:4", version: "1.0", versions: {"1.0": {command: [payments]}}}
              orders:
                at: 127.0.0.1:3
                version: "2.0"
                versions: {"1.0": {command: [orders]}, "2.0": {command: [orders]}}
                environment: {DB: "${db.address}", PAYMENTS: "${payments.address}"}
                data: {dir: data, env: DATA_DIR}
              gateway:
                at: 127.0.0.1:2
                version: "1.0"
                versions: {"1.0": {command: [gateway]}}
                environment: {ORDERS: "${orders.address}"}
                health: {http: /health, within: 20s}
              nightly: {version: "1.0", versions: {"1.0": {command: [nightly]}}, environment: {DB: "${db.address}"}}
              visitors: {at: "127.0.0.1:9", version: "1.0", versions: {"1.0": {command: [visitors]}}}
            """;

    @Test
    void everyServiceThatUsersReachIsDeployedAgainAndRevertedCallersFirst() {
        Scenario scenario = scenario("mirror: {service: gateway, at: '127.0.0.1:7', feed: '127.0.0.1:8'}");

        assertThat(scenario.changes())
                .extracting(Change::label)
                .containsExactly("payments 1.0", "orders 2.0", "gateway 1.0");
        assertThat(scenario.rollback().steps()).extracting(Step::id).containsExactly("gateway", "orders", "payments");
        assertThat(scenario.rollback().step("orders").needs()).containsExactly("gateway");
        assertThat(scenario.rollback().step("payments").needs()).containsExactly("orders");
    }

    @Test
    void dataIsCopiedWorkersStayAndWhatNobodyNeedsIsLeftOut() {
        Scenario scenario = scenario("mirror: {service: gateway, at: '127.0.0.1:7', feed: '127.0.0.1:8'}");

        assertThat(scenario.shadow().data()).containsOnlyKeys("db", "orders");
        assertThat(scenario.shadow().maxPause()).isPresent();
        assertThat(scenario.shadow().mode("visitors")).isEqualTo(ServiceMode.OMIT);
        assertThat(scenario.shadow().mode("nightly")).isEqualTo(ServiceMode.RUN);
        assertThat(scenario.traffic().from()).isEqualTo(new Traffic.Source.Mirror("gateway"));
    }

    @Test
    void theBudgetIsWhatTheHealthOfTheServicesAllows() {
        Scenario scenario = scenario("mirror: {service: gateway, at: '127.0.0.1:7', feed: '127.0.0.1:8'}");

        assertThat(scenario.rollback().budget().recovery()).hasSeconds(10 + 30 + 30 + 20);
        assertThat(scenario.steady().within())
                .isEqualTo(scenario.rollback().budget().recovery());
    }

    @Test
    void withoutAMirrorTheEntrysHealthPageIsAskedAndAHintSaysWhatIsBetter() {
        FirstScenario.Files files = files("");
        Scenario scenario = scenario("");

        assertThat(scenario.traffic().from()).isEqualTo(new Traffic.Source.Capture("traffic.jsonl"));
        assertThat(files.scenario()).contains("# declare 'mirror: {service: gateway,");
        assertThat(files.recording().lines())
                .hasSize(3_000)
                .contains("{\"offset_ms\": 100, \"method\": \"GET\", \"path\": \"/health\", \"headers\": {}, \"body\":"
                        + " \"\", \"status\": 200}");
    }

    @Test
    void editorsFindTheSchemaBesideIt() {
        assertThat(files("").scenario()).startsWith("# yaml-language-server: $schema=./s.json\n# $schema: ./s.json\n");
    }

    private static FirstScenario.Files files(String mirror) {
        return FirstScenario.of(topology(SHOP.formatted(mirror)), "t.yaml", "traffic.jsonl", "s.json");
    }

    private static Scenario scenario(String mirror) {
        FirstScenario.Files files = files(mirror);
        SourceTree tree = SourceTree.of(Map.of(
                "t.yaml", SHOP.formatted(mirror), "first.yaml", files.scenario(), "traffic.jsonl", files.recording()));
        return READER.scenario(tree, "first.yaml").orThrow();
    }

    private static Topology topology(String text) {
        return READER.topology(SourceTree.of(Map.of("t.yaml", text)), "t.yaml").orThrow();
    }
}
