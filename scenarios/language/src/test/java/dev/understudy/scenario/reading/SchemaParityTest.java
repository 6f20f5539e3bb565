package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
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

    @Test
    void everyObjectOfTheSchemasIsClosed() {
        Stream.of(new ScenarioSchema(Fixtures.KINDS).scenario(), ScenarioSchema.topology())
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

    /// Loaded by other means than the reader's, as an editor would.
    private static JsonNode json(String yaml) {
        return JsonMapper.shared().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
