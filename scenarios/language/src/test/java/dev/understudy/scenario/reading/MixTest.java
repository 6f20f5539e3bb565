package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.TrafficMix.Ask;
import dev.understudy.scenario.TrafficMix.Piece;
import dev.understudy.scenario.TrafficMix.Pool;
import dev.understudy.scenario.TrafficMix.Saved;
import dev.understudy.scenario.TrafficMix.Writing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mixes, good and bad.
final class MixTest {
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
                  - {post: /login, json: {user: "${user}"}, save: {s: "cookie:session"}}
                  - post: /orders
                    headers: {X-Name: "n-${unique}"}
                    json: {name: "a \\"${word}\\" b", n: 1.50, list: [true, null, "${product}"], none: {}, empty: []}
                    status: 201
                    save: {order: "json:/data/id"}
                  - {delete: "/orders/${order}", status: 204}
            """;

    private final ScenarioReader reader = new ScenarioReader(List.of());

    private ReadResult<TrafficMix> read(String text) {
        SourceTree tree = name -> new SourceTree.Found.Content(text.getBytes(StandardCharsets.UTF_8));
        return reader.mix(tree, "mix.yaml");
    }

    private TrafficMix good() {
        assertThat(read(GOOD)).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read<TrafficMix>) read(GOOD)).value();
    }

    private List<String> problems(String text) {
        return read(text) instanceof ReadResult.Refused<TrafficMix>(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    @Test
    void everyPartIsRead() {
        TrafficMix mix = good();

        assertThat(mix.users()).isEqualTo(20);
        assertThat(mix.think()).isEqualTo(Duration.ofMillis(200));
        assertThat(mix.data())
                .containsEntry("product", new Pool.Numbers(1, 40))
                .containsEntry("word", new Pool.Words(List.of("one", "two", "3")));
        assertThat(mix.requestsAVisit()).isEqualTo((3 * 1 + 1 * 3) / 4.0);
        Ask order = mix.visits().get(1).requests().get(1);
        assertThat(order.method()).isEqualTo("POST");
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.saved()).containsEntry("order", new Saved.Json("/data/id"));
        assertThat(order.headers()).containsKeys("X-Name", "Content-Type");
        assertThat(mix.visits().get(1).requests().getFirst().saved()).containsEntry("s", new Saved.Cookie("session"));
    }

    @Test
    void yamlBecomesTheJsonItStandsFor() {
        Ask order = good().visits().get(1).requests().get(1);

        assertThat(order.body().pieces())
                .containsExactly(
                        new Piece.Literal("{\"name\":\"a \\\""),
                        new Piece.Hole("word", Writing.IN_STRING),
                        new Piece.Literal("\\\" b\",\"n\":1.50,\"list\":[true,null,"),
                        new Piece.Hole("product", Writing.JSON),
                        new Piece.Literal("],\"none\":{},\"empty\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${product}?q         | ${produkt}?q         | 8:40: error: '${produkt}' is nothing that is known here
            users: 20            | users: 0             | 2:8: error: 'users' must be a whole number from 1 to 100000, not '0'
            think: 200ms         | think: 200           | 3:8: error: 'think' has no unit: 200
            to: 40}              | to: 0}               | 5:12: error: 'product' ends before it begins: from 1 to 0
            product: {from       | user: {from          | 5:3: error: 'user' is the name of something else already
            status: 204          | status: 999          | 16:46: error: 'status' must be a whole number from 100 to 599, not '999'
            json:/data/id        | json:/items/0/id     | 15:23: error: 'order' must be json:/POINTER, not below a list, or cookie:NAME, not 'json:/items/0/id'
            delete: "/orders/    | remove: "/orders/    | 16:10: error: unknown key 'remove' in an item of 'do'
            weight: 3            | weight: 0            | 8:26: error: 'weight' must be a whole number from 1 to 1000000, not '0'
            post: /login         | post: login          | 10:16: error: 'post' must be a path that begins with /, not 'login'
            """)
    void whatIsWrongIsNamedAtItsPlace(String right, String wrong, String problem) {
        String text = GOOD.replace(right, wrong);

        assertThat(text).isNotEqualTo(GOOD);
        assertThat(problems(text)).anySatisfy(each -> assertThat(each).startsWith("mix.yaml:" + problem));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(problems("mix: shop\nuser: 3\nthink: soon\nvisits:\n  - {do: [{get: /, post: /, status: x}]}\n"))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(problems("mix: shop\n")).anySatisfy(each -> assertThat(each).contains("'visits' is missing"));
    }

    @Test
    void whatIsSavedIsKnownOnlyAfterwards() {
        assertThat(problems("mix: m\nvisits:\n  - do:\n      - {get: \"/a/${id}\", save: {id: \"json:/id\"}}\n"))
                .singleElement()
                .asString()
                .contains("'${id}' is nothing that is known here");
    }
}
