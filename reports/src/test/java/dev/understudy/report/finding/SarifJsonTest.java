package dev.understudy.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.Summaries;
import dev.understudy.scenario.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifJsonTest {

    @Test
    void everyFileValidatesAgainstTheStandardsSchema() throws IOException {
        Schema schema = schema();
        Summaries.all()
                .forEach((name, run) -> assertThat(schema.validate(
                                SarifJson.render(of(List.of(SuiteEntry.judged(name, run, "r", 1))), "0.1.0"),
                                InputFormat.JSON))
                        .as(name)
                        .isEmpty());
        assertThat(schema.validate(SarifJson.render(List.of(), "0.1.0"), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theSchemaIsNotToBePleasedByAnything() throws IOException {
        String sound = SarifJson.render(of(List.of(entry())), "0.1.0");

        assertThat(schema().validate(sound.replace("\"startLine\" : 31", "\"startLine\" : 0"), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(sound.replace("\"level\" : \"error\"", "\"level\" : \"grave\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void aResultHasRuleLevelPlaceAndFingerprint() {
        List<Finding> findings = of(List.of(entry()));

        JsonNode result = parse(SarifJson.render(findings, "0.1.0")).at("/runs/0/results/0");

        assertThat(result.get("ruleId").asString()).isEqualTo("rule-broken");
        assertThat(result.get("level").asString()).isEqualTo("error");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo(Summaries.FILE);
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uriBaseId")
                        .asString())
                .isEqualTo("%SRCROOT%");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(31);
        assertThat(result.at("/locations/0/physicalLocation/region/startColumn").asInt())
                .isEqualTo(5);
        assertThat(result.at("/partialFingerprints/understudyFinding~1v1").asString())
                .isEqualTo(findings.getFirst().fingerprint());
    }

    @Test
    void everyRuleAResultNamesIsDescribed() {
        JsonNode run = parse(SarifJson.render(of(List.of(entry())), "0.1.0")).at("/runs/0");
        List<String> described = run.at("/tool/driver/rules")
                .valueStream()
                .map(rule -> rule.get("id").asString())
                .toList();

        assertThat(described).hasSameSizeAs(FindingKind.values());
        run.get("results")
                .forEach(result ->
                        assertThat(described).contains(result.get("ruleId").asString()));
        run.at("/tool/driver/rules")
                .forEach(rule -> assertThat(rule.at("/help/text").asString()).isNotBlank());
    }

    @Test
    void pathsAreWrittenAsAddresses() {
        Finding inside = new Finding(FindingKind.NO_GO, Level.ERROR, new Place("a b/ü%.yaml", 1, 1), "s", "m");
        Finding outside = new Finding(FindingKind.NO_GO, Level.ERROR, new Place("/tmp/x.yaml", 1, 1), "s", "m");

        JsonNode results =
                parse(SarifJson.render(List.of(inside, outside), "0.1.0")).at("/runs/0/results");

        assertThat(results.at("/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("a%20b/%C3%BC%25.yaml");
        assertThat(results.at("/1/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("file:///tmp/x.yaml");
        assertThat(results.at("/1/locations/0/physicalLocation/artifactLocation")
                        .has("uriBaseId"))
                .isFalse();
    }

    private static SuiteEntry entry() {
        return SuiteEntry.judged(Summaries.FILE, Summaries.noGoChange(), "report.html", 1);
    }

    private static List<Finding> of(List<SuiteEntry> entries) {
        return Findings.of(entries, path -> path);
    }

    private static Schema schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SarifJsonTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"), "no schema")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static JsonNode parse(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
