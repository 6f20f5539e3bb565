package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void literalsBecomeHashesAndReferencesStay() {
        assertThat(Masking.masked(new Template("jdbc://${db.address}/shop?key=${env.KEY}"))
                        .text())
                .matches("#[0-9a-f]{8}\\$\\{db\\.address}#[0-9a-f]{8}\\$\\{env\\.KEY}");
        assertThat(Masking.masked(new Template("abc")).text()).isEqualTo("#ba7816bf");
        assertThat(Masking.masked(new Template("")).text()).isEmpty();
    }

    @Test
    void everyWayToWriteAValueIsMaskedAndTheRestStaysInItsPlace() {
        String text = """
                topology: t # s3cret in a comment
                entry: a
                services:
                  a:
                    at: localhost:80
                    version: "1"
                    tags: {note: "a # b"} # s3cret
                    environment: {A: s3cret, "B": "s3cret \\" x", C: 's3cret
                      more', D: &anchor s3cret, E: *anchor, \uD83D\uDE00F: 12, N: }
                    versions:
                      "1":
                        # s3cret: off
                        command: [a, "${a.port}"]
                        environment:
                          G: |
                            s3cret
                            and ${a.address}
                          H: >-
                            s3cret folded

                          I: s3cret plain
                            on two lines
                    stop: {grace: 1s}
                  db: {kind: postgres, at: "localhost:5432", database: d, password: s3cret}
                """;

        String masked = Masking.masked("t.yaml", text);

        assertThat(masked).doesNotContain("s3cret").contains("${a.address}").contains("\"a # b\"");
        assertThat(masked.lines().count()).isEqualTo(text.lines().count());
        assertThat(lineOf(masked, "stop:")).isEqualTo(lineOf(text, "stop:"));
        assertThat(lineOf(masked, "I:")).isEqualTo(lineOf(text, "I:"));
        assertThat(masked).contains("&anchor \"#", "*anchor");
        assertThat(masked).isEqualTo(Masking.masked("t.yaml", text));
    }

    @Test
    void theMaskedFilesAreReadToTheSameStructure() {
        ScenarioReader reader = Fixtures.reader();
        String scenarioText = Masking.masked(Fixtures.SCENARIO, Fixtures.scenario());
        String topologyText = Masking.masked(Fixtures.TOPOLOGY, Fixtures.topology());

        Scenario before = reader.scenario(Fixtures.tree(Fixtures.scenario(), Fixtures.topology()), Fixtures.SCENARIO)
                .orThrow();
        Scenario after = reader.scenario(Fixtures.tree(scenarioText, topologyText), Fixtures.SCENARIO)
                .orThrow();

        assertThat(after.topology().links()).isEqualTo(before.topology().links());
        assertThat(after.rollback().steps().stream().map(step -> step.id() + step.place() + step.needs()))
                .isEqualTo(before.rollback().steps().stream()
                        .map(step -> step.id() + step.place() + step.needs())
                        .toList());
        assertThat(after.stability()).isEqualTo(before.stability());
        assertThat(after.deviations()).isEqualTo(before.deviations());
        for (Service service : before.topology().services().values()) {
            Service masked = after.topology().service(service.name());
            assertThat(masked.place()).isEqualTo(service.place());
            assertThat(masked.environment().keySet())
                    .isEqualTo(service.environment().keySet());
            service.environment()
                    .forEach(
                            (key, value) -> assertThat(masked.environment()).containsEntry(key, Masking.masked(value)));
        }
        assertThat(topologyText).doesNotContain("jdbc:").contains("${env.SHOP_PASSWORD}");
    }

    @Test
    void namesThatLookLikeSecretsAreNone() {
        String text = """
                topology: t
                entry: password
                services:
                  password:
                    at: localhost:80
                    version: environment
                    versions: {environment: {command: [a], environment: {K: hidden}}}
                    tags: {environment: production}
                """;
        String masked = Masking.masked("t.yaml", text);
        assertThat(masked).isEqualTo(text.replace("hidden", "\"" + Secrets.hidden("hidden") + "\""));
    }

    @Test
    void secretsInCommandsStepsAndAddressesAreMaskedAndTheWordsAroundThemStay() {
        String topology = """
                topology: t
                entry: a
                services:
                  a:
                    at: localhost:80
                    version: "1"
                    health: {http: "/health?token=hunter2"}
                    tags: {repository: "https://bot:hunter2@git.example/a"}
                    versions:
                      "1": {command: [java, "-Dapi.token=hunter2", -jar, a.jar, --password=hunter2 and more]}
                      "2":
                        command:
                          - sh
                          - -c
                          - |
                            DB_PASSWORD="hunter2" exec a \\
                              --to "https://bot:hunter2@${a.address}/x"
                          - --secret-key
                          - &again hunter2
                    environment: {A: *again}
                """;
        String scenario = """
                scenario: s
                shadow: {data: {db: {command: [dump, --token, hunter2, "a: \\"b\\""]}}}
                rollback:
                  steps:
                    - {id: a, command: [curl, -u, "me:hunter2", -H, "Authorization: Bearer hunter2", -d, '{"password": "hunter2"}']}
                    - {id: b, command: {run: [psql, "postgres://me:hunter2@${a.address}/shop", --verbose], environment: {}}}
                    - {id: c, http: {post: "a/drain?api_key=hunter2"}}
                    - {id: d, waitUntil: {sql: {service: db, query: "select 1 -- password=hunter2", equals: 1}}}
                """;

        String maskedTopology = Masking.masked("t.yaml", topology);
        String maskedScenario = Masking.masked("s.yaml", scenario);

        assertThat(maskedTopology + maskedScenario).doesNotContain("hunter2", "and more");
        assertThat(maskedTopology)
                .contains("[java, \"-Dapi.token=#f52fbd32\", -jar, a.jar, \"--password=#")
                .contains("@${a.address}/x")
                .contains("/health?token=#f52fbd32")
                .contains("https://#")
                .contains("@git.example/a");
        assertThat(maskedScenario)
                .contains("[dump, --token, \"#f52fbd32\", \"a: \\\\\"b\\\\\"\"]".replace("\\\\", "\\"))
                .contains("a/drain?api_key=#f52fbd32")
                .contains("@${a.address}/shop")
                .contains("--verbose");
        assertThat(maskedTopology.lines().count()).isEqualTo(topology.lines().count());
        assertThat(lineOf(maskedTopology, "environment:")).isEqualTo(lineOf(topology, "environment:"));
        assertThat(Fixtures.reader()
                        .withoutFiles()
                        .topology(SourceTree.of(Map.of("t.yaml", maskedTopology)), "t.yaml")
                        .problems())
                .isEmpty();
        assertThat(Masking.masked("t.yaml", maskedTopology)).isEqualTo(maskedTopology);
    }

    private static int lineOf(String text, String start) {
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line starts with " + start);
    }
}
