package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema of mixes that editors use and the reader must not disagree about structure.
final class MixSchemaTest {
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(ScenarioSchema.mix());
    private static final String GOOD = """
            mix: shop
            users: 20
            think: 200ms
            data:
              product: {from: 1, to: 40}
              word: [one, "two", 3]
            visits:
              - {name: look, weight: 3, do: [{get: "/p/${product}?q=${word}"}]}
              - do:
                  - {post: /login, json: {"user": "${user}"}, save: {s: "cookie:session"}}
                  - post: /orders
                    headers: {X-Name: "n-${unique}"}
                    body: "name=${word}"
                    status: 201
                    save: {order: "json:/data/id"}
                  - {delete: "/orders/7", status: 204}
            """;

    @Test
    void aSoundMixPassesBoth() {
        assertThat(problems(GOOD)).isEmpty();
        assertThat(SCHEMA.validate(json(GOOD))).isEmpty();
    }

    @Test
    void theSchemaAndTheReaderAgreeAboutEveryValueOfAnotherKindAndEveryMisspeltKey() {
        List<String> apart = new ArrayList<>();
        List<BrokenPlaces> places = new ArrayList<>(BrokenPlaces.values(GOOD));
        places.addAll(BrokenPlaces.keys(GOOD));
        for (BrokenPlaces place : places) {
            boolean schemaRefuses = !SCHEMA.validate(json(place.text())).isEmpty();
            List<Problem> problems = problems(place.text());
            boolean isThere = problems.stream().map(Problem::place).anyMatch(place::isAt);
            if (schemaRefuses ? problems.isEmpty() : isThere) {
                apart.add((schemaRefuses ? "only the schema" : "only the reader") + " refuses " + place.what() + " "
                        + problems);
            }
        }

        assertThat(apart).isEmpty();
        assertThat(places.size()).isGreaterThan(150);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mix: shop             | mix: a shop
            users: 20             | users: 100001
            think: 200ms          | think: 200
            {from: 1, to: 40}     | {from: 1}
            {from: 1, to: 40}     | {from: 1, to: 40, step: 2}
            [one, "two", 3]       | []
            word: [one            | user: [one
            weight: 3             | weight: 0
            post: /login          | post: login
            post: /login          | post: /login, get: /login
            body: "name=${word}"  | json: [], body: x
            status: 201           | status: 99
            json:/data/id         | json:/items/0/id
            cookie:session        | header:session
            X-Name                | X Name
            """)
    void bothRefuseBadStructure(String right, String wrong) {
        String text = GOOD.replace(right, wrong.replace("json: [], body: x", "body: x\n        json: []"));

        assertThat(text).isNotEqualTo(GOOD);
        assertThat(problems(text)).isNotEmpty();
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
    }

    private static List<Problem> problems(String text) {
        SourceTree tree = name -> new SourceTree.Found.Content(text.getBytes(StandardCharsets.UTF_8));
        return new ScenarioReader(List.of()).mix(tree, "mix.yaml").problems();
    }

    private static JsonNode json(String yaml) {
        LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JsonMapper.shared().valueToTree(new Load(core).loadFromString(yaml));
    }
}
