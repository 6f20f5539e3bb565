package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidationTest {

    @Test
    void everyProblemOfEveryFileIsFoundInOneRun() {
        String scenario = Fixtures.scenario()
                .replace("seed: 42", "seeed: 42")
                .replace("max: 2%", "max: 2")
                .replace("needs: [drain]", "needs: [drain, schema, nothing]")
                .replace("migrate: db/V2__widen.sql", "migrate: db/V9.sql")
                .replace("link: orders->payments, by", "link: orders->db2, by");
        String topology = Fixtures.topology()
                .replace("grace: 5s", "grace: 5")
                .replace("${payments.address}", "${payment.address}");

        Validation validation = Validation.of(
                Fixtures.reader(),
                Fixtures.tree(scenario, topology),
                List.of(Fixtures.SCENARIO, Fixtures.TOPOLOGY, "missing.yaml"));

        assertThat(validation.problems().stream().map(problem -> problem.place().toString()))
                .containsExactly(
                        "missing.yaml:1:1",
                        "shop/orders.yaml:4:1",
                        "shop/orders.yaml:18:28",
                        "shop/orders.yaml:23:46",
                        "shop/orders.yaml:27:61",
                        "shop/orders.yaml:37:7",
                        "shop/orders.yaml:37:59",
                        "shop/topology/shop.yaml:35:81",
                        "shop/topology/shop.yaml:38:19");
        assertThat(validation.isSound()).isFalse();
        assertThat(validation.scenarios()).isEmpty();
    }

    @Test
    void soundFilesAreToldApartByTheirTopLevelKey() {
        Validation validation = Validation.of(
                Fixtures.reader(),
                Fixtures.tree(Fixtures.scenario(), Fixtures.topology()),
                List.of(Fixtures.TOPOLOGY, Fixtures.SCENARIO));
        assertThat(validation.isSound()).isTrue();
        assertThat(validation.scenarios()).hasSize(1);
        assertThat(validation.topologies()).hasSize(1);
    }

    @Test
    void aFileThatAListedScenarioNamesIsNoStranger() {
        String small = Fixtures.resource("small.yaml");
        SourceTree texts = SourceTree.of(Map.of(
                "all/b.yaml",
                small.replace("day.jsonl", "day.yaml"),
                "all/day.yaml",
                "- {}",
                "all/other.yaml",
                "- {}",
                "all/t.yaml",
                Fixtures.resource("small-topology.yaml")));
        SourceTree tree = name -> texts.open(SourceTree.sibling("", name));
        assertThat(Validation.of(Fixtures.reader(), tree, List.of("./all/b.yaml", "./all/day.yaml", "all/t.yaml"))
                        .problems())
                .isEmpty();
        assertThat(Validation.of(Fixtures.reader(), tree, List.of("all/b.yaml", "all/other.yaml"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("all/other.yaml:1:1: error: neither a scenario nor a topology");
    }

    @Test
    void aBrokenTopologyIsNotHeldAgainstTheScenario() {
        Validation validation = Validation.of(
                Fixtures.reader(), Fixtures.tree(Fixtures.scenario(), "topology: [shop"), List.of(Fixtures.SCENARIO));
        assertThat(validation.problems()).hasSize(1);
        assertThat(validation.problems().getFirst().place().file()).isEqualTo(Fixtures.TOPOLOGY);
    }

    @Test
    void aProblemOfASharedTopologyStandsOnce() {
        SourceTree tree = SourceTree.of(Map.of(
                "a.yaml", Fixtures.resource("small.yaml"),
                "b.yaml", Fixtures.resource("small.yaml"),
                "day.jsonl", "{}",
                "t.yaml", Fixtures.resource("small-topology.yaml").replace("entry: app", "entry: ap")));
        List<Problem> problems = Validation.of(Fixtures.reader(), tree, List.of("a.yaml", "b.yaml"))
                .problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst())
                .hasToString("t.yaml:2:8: error: no service 'ap' in topology 'small'\n" + "  Maybe 'app'.");
    }

    @Test
    void aRefusedScenarioThrowsWithEveryProblem() {
        ReadResult<?> result = Fixtures.reader().scenario(SourceTree.of(Map.of("a.yaml", "scenario: 1\n")), "a.yaml");
        assertThatThrownBy(result::orThrow)
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        thrown -> assertThat(thrown.problems()).hasSize(6));
    }

    @Test
    void wordsForPeopleMayHoldLettersOfAnyAlphabet() {
        String scenario = Fixtures.scenario().replace("Orders 2.0 waits", "\uD83D\uDE00 \u00e4\u00f6 waits");
        SourceTree tree = Fixtures.tree(scenario, Fixtures.topology());
        assertThat(Fixtures.reader().scenario(tree, Fixtures.SCENARIO).orThrow().description())
                .startsWith("\uD83D\uDE00 \u00e4\u00f6");
    }
}
