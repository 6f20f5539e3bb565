package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.reading.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static Scenario scenario(String file) throws IOException {
        SourceTree files = SourceTree.of(Map.of(file, text(file), "topology.yaml", text("topology.yaml")));
        return new ScenarioReader(DeviationKinds.signatures())
                .withoutFiles()
                .scenario(files, file)
                .orThrow();
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(PlanTextTest.class.getResourceAsStream("/steps/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyFormOfAStepAndADeviationIsTold() throws IOException {
        assertThat(PlanText.of(scenario("start-first.yaml")))
                .contains("front 2, start-first, 2 at a time")
                .contains("front: revert front, start-first, 1 at a time, at most 60s")
                .contains("flaky: command sh, 4 attempts from 300ms apart, at most 60s")
                .contains("waits: command true, given that front/notes/leave answers 200, 60 attempts")
                .contains("call: by hand Ask the bank for leave. (a person, 1500ms)")
                .contains("one: command sleep, uses host")
                .contains("http-status of front->store, method get, path /notes/seed, share 50%, status 503")
                .contains("http-delay of front->store, by 150ms, method post")
                .contains("pause of store, on both arms");
        assertThat(PlanText.of(scenario("stop-first.yaml"))).contains("data: restore data of store, at most 60s");
    }

    @Test
    void sameScenarioSameBytes() throws IOException {
        assertThat(PlanText.of(scenario("start-first.yaml"))).isEqualTo(PlanText.of(scenario("start-first.yaml")));
    }
}
