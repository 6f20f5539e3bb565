package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.analysis.RunSummary;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.RollbackProcedure.Budget;
import dev.understudy.scenario.RollbackProcedure.Order;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Common;
import dev.understudy.scenario.Step.Condition;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.reading.ScenarioReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is pasted into a scenario and read as a user's would be.
class PlanYamlTest {
    private static final Place HERE = new Place("shop.yaml", 20, 3);
    private static final String TOPOLOGY = """
            topology: t
            entry: gateway
            services:
              db: {kind: postgres, at: "127.0.0.1:5432", database: d, user: u}
              gateway: {at: "127.0.0.1:8080", version: "1", versions: {"1": {command: [g]}}, environment: {DB: "${db.address}"}}
            """;
    private static final String SCENARIO = """
            scenario: s
            live: {topology: t.yaml}
            shadow: {data: {db: snapshot}}
            traffic: {from: {capture: day.jsonl}}
            change: [{service: gateway, environment: {A: b}}]
            stability: [{id: errors, metric: error-rate, service: gateway, max: 2%, for: 2s}]
            breach: {trigger: any, within: 30s}
            """;

    private static RollbackProcedure pasted(String plan) {
        SourceTree tree = SourceTree.of(Map.of("s.yaml", SCENARIO + plan, "t.yaml", TOPOLOGY));
        return new ScenarioReader(List.of())
                .withoutFiles()
                .scenario(tree, "s.yaml")
                .orThrow()
                .rollback();
    }

    private static Common common(String id, String... needs) {
        return new Common(id, HERE, List.of(needs), Duration.ofSeconds(30), false);
    }

    private static RollbackProcedure procedure(Step... steps) {
        return new RollbackProcedure(
                HERE,
                new Budget(Duration.ofSeconds(30), Optional.empty(), OptionalLong.empty()),
                Order.WRITTEN,
                List.of(steps),
                Optional.empty());
    }

    private static RunSummary run(Map<String, List<String>> waitsFor) {
        return Summaries.keptOrder(waitsFor);
    }

    /// The steps without where they stand and what they wait for.
    private static List<String> deeds(RollbackProcedure procedure) {
        return procedure.steps().stream()
                .map(step ->
                        step.toString().replace(step.place().toString(), "").replaceAll(" needs=\\[[^]]*],", ""))
                .toList();
    }

    @Test
    void howStepsAreTriedAndWhatTheyUseIsReadBack() {
        Common careful = new Common(
                "careful",
                HERE,
                List.of(),
                Duration.ofSeconds(30),
                false,
                new Step.Retry(4, Duration.ofMillis(250), Duration.ofSeconds(8)),
                List.of(new Condition.Healthy("gateway"), new Condition.Query("db", "select 1", "1")),
                List.of("desk"));
        Common call = new Common("call", HERE, List.of(), Duration.ofSeconds(91), false);
        RollbackProcedure plain = procedure(
                new Step.Revert(careful, "gateway"), new Step.Manual(call, "Call: the bank", Duration.ofSeconds(90)));
        RollbackProcedure written = new RollbackProcedure(
                plain.place(), plain.budget(), plain.order(), plain.steps(), plain.accept(), Map.of("desk", 2));

        RollbackProcedure read = pasted(PlanYaml.render(written, run(Map.of())));

        assertThat(deeds(read)).isEqualTo(deeds(written));
        assertThat(read.capacity()).isEqualTo(written.capacity());
    }

    @Test
    void everyKindOfStepIsReadBackInItsOrderWithWhatItNowWaitsFor() {
        RollbackProcedure written = procedure(
                new Step.Http(common("drain"), "POST", "gateway", "/admin/drain?hard=1", Optional.of(204)),
                new Step.Revert(common("orders", "drain"), "gateway"),
                new Step.Sql(
                        new Common("schema", HERE, List.of("orders"), Duration.ofMillis(1_500), true),
                        "db",
                        "db/U2 narrow.sql"),
                new Step.Command(common("tell", "schema"), List.of("notify", "--level", "3"), Map.of()),
                new Step.Command(
                        common("tell-where"), List.of("notify"), Map.of("AT", new Template("${gateway.address}"))),
                new Step.WaitUntil(common("healthy"), new Condition.Healthy("gateway")),
                new Step.WaitUntil(common("answers"), new Condition.Answers("gateway", "/health", 204)),
                new Step.WaitUntil(common("empty"), new Condition.Query("db", "select count(*)\nfrom \"queue\"", "0")),
                new Step.Http(common("undrain", "empty"), "DELETE", "gateway", "/admin/drain", Optional.empty()));
        Map<String, List<String>> waitsFor = new LinkedHashMap<>();
        written.steps().forEach(step -> waitsFor.put(step.id(), List.of()));
        waitsFor.put("orders", List.of("drain"));
        waitsFor.put("undrain", List.of("orders", "tell", "empty"));

        RollbackProcedure read = pasted(PlanYaml.render(written, run(waitsFor)));

        assertThat(deeds(read)).isEqualTo(deeds(written));
        assertThat(read.order()).isEqualTo(Order.READY);
        assertThat(read.steps()).allSatisfy(step -> assertThat(step.needs()).isEqualTo(waitsFor.get(step.id())));
        assertThat(read.budget()).isEqualTo(written.budget());
        assertThat(read.accept()).isEmpty();
    }

    @Test
    void stepsThatThePlanDoesNotNameKeepWhatTheyNeed() {
        RollbackProcedure written =
                procedure(new Step.Revert(common("a"), "gateway"), new Step.Revert(common("b", "a"), "gateway"));

        assertThat(pasted(PlanYaml.render(written, run(Map.of()))).step("b").needs())
                .containsExactly("a");
    }

    @Test
    void budgetAndSignedAcceptanceSurvive() {
        RollbackProcedure of = procedure(new Step.Revert(common("a"), "gateway"));
        RollbackProcedure written = new RollbackProcedure(
                of.place(),
                new Budget(Duration.ofMillis(90_500), Optional.of(Duration.ofMillis(250)), OptionalLong.of(3)),
                of.order(),
                of.steps(),
                Optional.of(new AcceptedOneWay(HERE, "we \"rebuild\": # all", "K. Vogt, on call", "2027-01-31")));

        RollbackProcedure read = pasted(PlanYaml.render(written, run(Map.of())));

        assertThat(read.budget()).isEqualTo(written.budget());
        AcceptedOneWay accepted = read.accept().orElseThrow();
        assertThat(accepted.why()).isEqualTo("we \"rebuild\": # all");
        assertThat(accepted.by()).isEqualTo("K. Vogt, on call");
        assertThat(accepted.until()).isEqualTo("2027-01-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0x1F", "1e3", "true", "No", "null", "a.b-c_d", "2.0", "y"})
    void oddIdsSurvive(String id) {
        RollbackProcedure written =
                procedure(new Step.Revert(common(id), "gateway"), new Step.Revert(common("z", id), "gateway"));

        RollbackProcedure read = pasted(PlanYaml.render(written, run(Map.of())));

        assertThat(read.step("z").needs()).containsExactly(id);
        assertThat(read.steps().getFirst().id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "it's",
                "say \"hi\" \\n",
                "a: b # c",
                "{[,]}",
                "line\nline\r\n\ttab",
                "\u0000\u001b[31m\u0085\u2028\ufeff",
                "\uD83D\uDE00 äö",
                "- x",
                "*all",
                "true",
                "017"
            })
    void oddArgumentsAndQueriesSurvive(String odd) {
        RollbackProcedure written = procedure(
                new Step.Command(common("a"), List.of("echo", odd), Map.of()),
                new Step.WaitUntil(common("b"), new Condition.Query("db", "select '" + odd + "'", odd)));

        assertThat(deeds(pasted(PlanYaml.render(written, run(Map.of()))))).isEqualTo(deeds(written));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {1, 500_000, 1_500_000, 999_999_999, 60_000_000_001L, 3_600_000_000_000L, 359_999_999_000_000L})
    void timesSurviveToTheNanosecond(long nanos) {
        Common timed = new Common("a", HERE, List.of(), Duration.ofNanos(nanos), false);

        RollbackProcedure read = pasted(PlanYaml.render(procedure(new Step.Revert(timed, "gateway")), run(Map.of())));

        assertThat(read.step("a").timeout()).isEqualTo(Duration.ofNanos(nanos));
    }

    @Test
    void evidenceStandsAboveAsComments() {
        String plan = PlanYaml.render(procedure(new Step.Revert(common("a"), "gateway")), Summaries.noGoChange());

        assertThat(plan.lines().takeWhile(line -> line.startsWith("#")))
                .containsExactly(
                        "# Measured in 20261121-114512-orders-2.0, n = 3 alternating pairs: recovery is 3.1 s shorter"
                                + " in the median; the order before differs from itself by 500 ms.",
                        "# Worst of n: 6.3 s in this order, 9.4 s in the one before.",
                        "# Load: 104 requests/s an arm, 20 % of the exchanges that live was seen to have.",
                        "# Size: 16664 rows compared. Under another load or size: measure again.");
    }

    @Test
    void hostileEvidenceStaysInItsComments() {
        RunSummary hostile = Summaries.hostile("x\nrollback: {}\u2028y\r");

        String plan = PlanYaml.render(procedure(new Step.Revert(common("a"), "gateway")), hostile);

        assertThat(pasted(plan).steps()).hasSize(1);
    }

    @Test
    void secretsAndVariablesAreHiddenAndThePlanSaysSo() {
        RollbackProcedure secret = procedure(
                new Step.Command(
                        common("a"),
                        List.of("psql", "--password=hunter2", "postgres://me:hunter2@${db.address}/d"),
                        Map.of("PGPASSWORD", new Template("hunter2"), "AT", new Template("${db.host}"))),
                new Step.Http(common("b"), "POST", "gateway", "/drain?token=hunter2", Optional.empty()));

        String plan = PlanYaml.render(secret, run(Map.of()));

        assertThat(plan)
                .doesNotContain("hunter2")
                .contains("# Instead of secrets and variables stands #…: take them from shop.yaml:20:3");
        Step.Command read = (Step.Command) pasted(plan).step("a");
        assertThat(read.command().getFirst()).isEqualTo("psql");
        assertThat(read.environment().get("AT")).isEqualTo(new Template("${db.host}"));
        assertThat(pasted(plan).step("b")).isInstanceOf(Step.Http.class);
        assertThat(PlanYaml.render(pasted(plan), run(Map.of()))).endsWith(plan.substring(plan.indexOf("rollback:")));
    }

    @Test
    void aRunWithoutAPlanHasNone() {
        assertThatThrownBy(() -> PlanYaml.render(procedure(), Summaries.oneWay(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no plan");
    }

    @Test
    void howInstancesAreReplacedAndDataIsPutBackSurvivesBeingPasted() {
        Replacement batches = new Replacement(Replacement.Order.START_FIRST, OptionalInt.of(2));
        RollbackProcedure procedure = procedure(
                new Step.Revert(common("one"), "gateway", batches),
                new Step.Revert(
                        common("two"), "gateway", new Replacement(Replacement.Order.STOP_FIRST, OptionalInt.of(1))),
                new Step.Revert(common("three"), "gateway"),
                new Step.RestoreData(common("four"), "db"));
        assertThat(deeds(pasted(PlanYaml.render(procedure, Map.of(), List.of()))))
                .isEqualTo(deeds(procedure));
    }
}
