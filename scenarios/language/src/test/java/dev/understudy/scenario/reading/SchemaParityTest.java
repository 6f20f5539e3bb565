package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.scenario.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema that editors use and the reader must not disagree about structure.
class SchemaParityTest {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Schema SCENARIO = REGISTRY.getSchema(new ScenarioSchema(Fixtures.KINDS).scenario());
    private static final Schema TOPOLOGY = REGISTRY.getSchema(ScenarioSchema.topology());

    static Stream<BadFile> structural() {
        return BadFile.all().filter(file -> file.level().equals("structure"));
    }

    static Stream<BadFile> meaningful() {
        return BadFile.all().filter(file -> file.level().equals("meaning"));
    }

    @Test
    void soundFilesPassTheSchema() {
        assertThat(SCENARIO.validate(json(Fixtures.scenario()))).isEmpty();
        assertThat(TOPOLOGY.validate(json(Fixtures.topology()))).isEmpty();
        assertThat(SCENARIO.validate(json(Fixtures.resource("small.yaml")))).isEmpty();
        assertThat(SCENARIO.validate(json(Fixtures.resource("monitored.yaml")))).isEmpty();
        assertThat(TOPOLOGY.validate(json(Fixtures.resource("small-topology.yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("structural")
    void theSchemaRefusesWhatTheReaderCallsBadStructure(BadFile file) {
        assertThat(schemaOf(file).validate(json(file.text()))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("meaningful")
    void theSchemaAcceptsWhatOnlyTheSecondPassCanSee(BadFile file) {
        assertThat(schemaOf(file).validate(json(file.text()))).isEmpty();
    }

    /// A value of another kind is bad structure: both refuse it where it stands, or both don't mind. What it
    /// makes wrong elsewhere (a link that is gone), only the reader can see.
    @Test
    void theSchemaAndTheReaderAgreeAboutEveryValueOfAnotherKind() {
        List<String> apart = new ArrayList<>();
        int count = compare(Fixtures.SCENARIO, SCENARIO, BrokenPlaces.values(Fixtures.scenario()), apart)
                + compare(Fixtures.MONITORED, SCENARIO, BrokenPlaces.values(Fixtures.resource("monitored.yaml")), apart)
                + compare(Fixtures.TOPOLOGY, TOPOLOGY, BrokenPlaces.values(Fixtures.topology()), apart);

        assertThat(apart).isEmpty();
        assertThat(count).isGreaterThan(1_000);
    }

    /// Which services there are, only the reader knows.
    @Test
    void theSchemaAndTheReaderAgreeAboutEveryMisspeltKey() {
        List<String> apart = new ArrayList<>();
        int count = compare(Fixtures.SCENARIO, SCENARIO, BrokenPlaces.keys(Fixtures.scenario()), apart)
                + compare(Fixtures.MONITORED, SCENARIO, BrokenPlaces.keys(Fixtures.resource("monitored.yaml")), apart)
                + compare(Fixtures.TOPOLOGY, TOPOLOGY, BrokenPlaces.keys(Fixtures.topology()), apart);

        assertThat(apart).allMatch(difference -> difference.contains("error: no service '"));
        assertThat(count).isGreaterThan(150);
    }

    private static int compare(String file, Schema schema, List<BrokenPlaces> places, List<String> apart) {
        String scenario = file.equals(Fixtures.MONITORED) ? Fixtures.MONITORED : Fixtures.SCENARIO;
        for (BrokenPlaces place : places) {
            boolean schemaRefuses = !schema.validate(json(place.text())).isEmpty();
            List<Problem> problems = Fixtures.reader()
                    .scenario(Fixtures.with(file, place.text()), scenario)
                    .problems();
            boolean isThere = problems.stream()
                    .map(Problem::place)
                    .anyMatch(at -> at.file().equals(file) && place.isAt(at));
            if (schemaRefuses ? problems.isEmpty() : isThere) {
                apart.add((schemaRefuses ? "only the schema" : "only the reader") + " refuses " + place.what() + " at "
                        + place.at() + " " + problems);
            }
        }
        return places.size();
    }

    @Test
    void everyObjectOfTheSchemasIsClosed() {
        Stream.of(new ScenarioSchema(Fixtures.KINDS).scenario(), ScenarioSchema.topology(), ScenarioSchema.mix())
                .map(JsonMapper.shared()::readTree)
                .flatMap(schema -> objects(schema).stream())
                .forEach(schema -> assertThat(schema.has("additionalProperties") || schema.has("allOf"))
                        .as(schema.toString())
                        .isTrue());
    }

    @Test
    void theSchemaOfAScenarioNamesEveryKind() {
        JsonNode kinds = JsonMapper.shared()
                .readTree(new ScenarioSchema(Fixtures.KINDS).scenario())
                .at("/definitions/deviation/properties/kind/enum");
        assertThat(kinds.valueStream().map(JsonNode::asString)).containsExactly("latency", "refuse", "kill", "gap");
    }

    private static List<JsonNode> objects(JsonNode schema) {
        List<JsonNode> below =
                schema.valueStream().flatMap(child -> objects(child).stream()).toList();
        boolean object = schema.isObject()
                && schema.path("type").isString()
                && schema.path("type").asString().equals("object");
        return object ? Stream.concat(Stream.of(schema), below.stream()).toList() : below;
    }

    private static Schema schemaOf(BadFile file) {
        return file.topology() ? TOPOLOGY : SCENARIO;
    }

    /// Loaded by other means than the reader's, as an editor would: by the core schema of YAML 1.2.
    private static JsonNode json(String yaml) {
        LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JsonMapper.shared().valueToTree(new Load(core).loadFromString(yaml));
    }
}
