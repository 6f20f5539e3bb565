package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.scenario.reading.KeyGuide.Answer;
import dev.understudy.scenario.reading.KeyGuide.Key;
import dev.understudy.scenario.reading.KeyGuide.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the schema says of a key is what a user is told.
class KeyGuideTest {
    private static final KeyGuide GUIDE = new KeyGuide(Fixtures.KINDS);
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    @Test
    void aStepIsFoundThroughItsListAndShownWithItsKeysAndAnExample() {
        Key http = only("rollback.steps.http");

        assertThat(http.text()).isEqualTo("A request to a service of the candidate.");
        assertThat(http.type()).isEqualTo("mapping");
        assertThat(http.examples()).containsExactly("http: {post: gateway/admin/drain, status: 200, timeout: 5s}");
        assertThat(http.parts()).extracting(Part::name).contains("get", "post", "status", "timeout");
    }

    @Test
    void aWordIsShownWithItsDefaultAndWhatIsAllowed() {
        Key profile = only("deviations.profile");

        assertThat(profile.byDefault()).contains("step");
        assertThat(profile.allowed()).contains("step");
        assertThat(profile.examples()).isNotEmpty();
    }

    @Test
    void aTimeIsShownWithItsFormItsDefaultAndAnExample() {
        Key within = only("breach.within");

        assertThat(within.type()).isEqualTo("time");
        assertThat(within.form()).hasValueSatisfying(form -> assertThat(form).contains("400ms"));
        assertThat(within.byDefault()).contains("30s");
    }

    @Test
    void theParameterOfADeviationIsShownUnderTheKindThatHasIt() {
        Key by = only("deviations.by");

        assertThat(by.when()).isEqualTo("kind: latency");
        assertThat(by.text()).isEqualTo("how much later");
        assertThat(by.type()).isEqualTo("time");
    }

    @Test
    void aNameOfTheUsersChoiceMayStandInAPathOrBeLeftOut() {
        assertThat(known("services.orders.health.within"))
                .allSatisfy(key -> assertThat(key.byDefault()).contains("30s"));
        assertThat(known("services.health.within").stream().map(Key::text))
                .isEqualTo(known("services.orders.health.within").stream()
                        .map(Key::text)
                        .toList());
        assertThat(only("shadow.data.db").allowed()).isEmpty();
    }

    @Test
    void aKeyThatDependsOnAnotherIsShownWithIt() {
        assertThat(known("services.orders.calls"))
                .singleElement()
                .satisfies(key -> assertThat(key.when()).isEqualTo("with docker"));
        assertThat(known("services.orders.health.within").stream().map(Key::when))
                .containsExactlyInAnyOrder("without docker", "with docker");
    }

    @Test
    void anUnknownKeyIsAnsweredWithWhereItStopsAndWhatWasMeant() {
        assertThat(GUIDE.explain("rolback")).isEqualTo(unknown("rolback", "", "Maybe 'rollback'."));
        assertThat(GUIDE.explain("rollback.steps.htp")).isEqualTo(unknown("htp", "rollback.steps", "Maybe 'http'."));
        assertThat(GUIDE.explain("seed.more")).isInstanceOf(Answer.Unknown.class);
        assertThat(GUIDE.explain("")).isInstanceOf(Answer.Unknown.class);
        assertThat(GUIDE.explain("..")).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void theKeysAtTheTopAreThoseOfTheSchemaAndSayWhichHaveToBeThere() {
        assertThat(GUIDE.ofScenario()).extracting(Part::name).contains("scenario", "change", "steady");
        assertThat(GUIDE.ofScenario().stream().filter(Part::required))
                .extracting(Part::name)
                .contains("traffic");
        assertThat(GUIDE.ofTopology()).extracting(Part::name).contains("topology", "entry", "services");
    }

    /// Every key there is, found by walking from the top, has a text, a type and something to copy.
    @Test
    void everyKeyIsExplained() {
        List<String> silent = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        GUIDE.ofScenario().forEach(part -> walk(part.name(), Set.of(), seen, silent));
        GUIDE.ofTopology().forEach(part -> walk(part.name(), Set.of(), seen, silent));

        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(silent).isEmpty();
    }

    /// @param inside the keys of what it is inside: a trigger may hold triggers, which may hold triggers
    private static void walk(String path, Set<List<Part>> inside, List<String> seen, List<String> silent) {
        seen.add(path);
        boolean isTyped = known(path).stream().anyMatch(key -> !key.type().isEmpty());
        for (Key key : known(path)) {
            if (!isTyped || key.text().isEmpty() || key.examples().isEmpty()) {
                silent.add(path + " " + key);
            }
            if (!inside.contains(key.parts())) {
                Set<List<Part>> deeper = new HashSet<>(inside);
                deeper.add(key.parts());
                key.parts().forEach(part -> walk(path + "." + part.name(), deeper, seen, silent));
            }
        }
    }

    @Test
    void aTriggerInsideATriggerIsExplainedAsDeepAsIsAsked() {
        assertThat(only("breach.trigger.all.any.all.code").examples()).containsExactly("code: 503", "code: 5xx");
    }

    /// What can be copied from an explanation is right by the schema, and read back from YAML as what it is
    /// there.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyExampleOfTheSchemasPassesThem(boolean scenario) {
        JsonNode root = JsonMapper.shared()
                .readTree(scenario ? new ScenarioSchema(Fixtures.KINDS).scenario() : ScenarioSchema.topology());
        List<String> wrong = new ArrayList<>();

        int examples = check(root, root.path("definitions"), wrong);

        assertThat(examples).isGreaterThan(scenario ? 60 : 20);
        assertThat(wrong).isEmpty();
    }

    private static int check(JsonNode node, JsonNode definitions, List<String> wrong) {
        int count = 0;
        if (node.isObject() && node.path("examples").isArray()) {
            ObjectNode alone = ((ObjectNode) node.deepCopy());
            alone.set("definitions", definitions);
            // beside a reference draft-07 ignores the rest, which is what is checked
            Schema schema = REGISTRY.getSchema(alone);
            for (JsonNode example : node.path("examples")) {
                count++;
                schema.validate(example).forEach(error -> wrong.add(example + ": " + error));
                if (!loaded(FlowYaml.of(example)).equals(example)) {
                    wrong.add(FlowYaml.of(example) + " reads as " + loaded(FlowYaml.of(example)));
                }
            }
        }
        for (JsonNode child : node) {
            count += check(child, definitions, wrong);
        }
        return count;
    }

    private static JsonNode loaded(String yaml) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value));
    }

    private static Answer unknown(String segment, String parent, String hint) {
        return new Answer.Unknown(segment, parent, java.util.Optional.of(hint));
    }

    private static Key only(String path) {
        List<Key> keys = known(path);
        assertThat(keys).as(path).hasSize(1);
        return keys.getFirst();
    }

    private static List<Key> known(String path) {
        assertThat(GUIDE.explain(path)).as(path).isInstanceOf(Answer.Known.class);
        return ((Answer.Known) GUIDE.explain(path)).keys();
    }
}
